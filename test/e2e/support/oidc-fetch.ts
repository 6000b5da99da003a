import { request as plainRequest } from "node:http";
import { request } from "node:https";

export interface FetchOptions {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Of a form, or a text. */
  readonly body?: unknown;
}

/** Statuses whose answers have no body, which the constructor of Response insists on. */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/** What sends a request and shows the answer as it is: redirects are not followed. */
export type Fetch = (url: string, options?: FetchOptions) => Promise<Response>;

/** A `fetch` that trusts one authority, which Node's own cannot be told; each request has a connection of its own. */
export function fetchTrusting(ca: string): Fetch {
  return (url, { method = "GET", headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const form = body instanceof URLSearchParams;
      const text = form || typeof body === "string" ? String(body) : undefined;
      const type = form ? { "content-type": "application/x-www-form-urlencoded" } : {};
      const length = text === undefined ? {} : { "content-length": `${Buffer.byteLength(text)}` };
      const options = { method, headers: { ...type, ...headers, ...length }, agent: false } as const;
      const sent = url.startsWith("https:") ? request(url, { ...options, ca }) : plainRequest(url, options);
      sent.on("error", reject);
      sent.on("response", (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () => {
          const status = answer.statusCode ?? 0;
          const given = new Headers();
          for (const [name, values] of Object.entries(answer.headersDistinct)) {
            for (const value of values ?? []) given.append(name, value);
          }
          resolve(
            new Response(WITHOUT_BODY.includes(status) ? null : Buffer.concat(parts), { status, headers: given }),
          );
        });
      });
      sent.end(text);
    });
}
