import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { BackendUnavailableError } from "../identity-backend.js";

export interface KeystoneRequest {
  readonly method: "GET" | "POST";
  /** Below `/v3`: `/users/<id>`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly body?: unknown;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

export interface KeystoneAnswer {
  readonly status: number;
  /** Undefined when it is no JSON. */
  readonly body: unknown;
  /** The token that a sign-in gives. */
  readonly subjectToken: string | undefined;
}

export interface KeystoneHttpOptions {
  /** Ends with `/v3`. */
  readonly url: string;
  /** PEM text. @default - the authorities that Node trusts */
  readonly caCertificate?: string;
}

const MAX_SOCKETS = 32;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Speaks HTTP with Keystone over connections that are kept. Follows no redirection: a password would go along. */
export class KeystoneHttp {
  private readonly base: string;
  private readonly agent: HttpAgent;

  constructor({ url, caCertificate }: KeystoneHttpOptions) {
    this.base = url.replace(/\/$/, "");
    const options = { keepAlive: true, maxSockets: MAX_SOCKETS };
    this.agent = url.startsWith("https:")
      ? new HttpsAgent({ ...options, ...(caCertificate !== undefined && { ca: caCertificate }) })
      : new HttpAgent(options);
  }

  /** @throws BackendUnavailableError when there is no answer in time, or one that only an overloaded or broken server gives */
  async send(request: KeystoneRequest): Promise<KeystoneAnswer> {
    const { method, path } = request;
    try {
      const response = await this.respond(request);
      const status = response.statusCode ?? 0;
      const body = parseJson(await readBounded(response));
      if (status >= 500 || status === 429 || status < 200) throw new Error(`status ${status}`);
      const subjectToken = response.headers["x-subject-token"];
      return { status, body, subjectToken: typeof subjectToken === "string" ? subjectToken : undefined };
    } catch (error) {
      const reason = request.signal.aborted ? "no answer in time" : reasonOf(error);
      throw new BackendUnavailableError(`Keystone: ${method} ${path}: ${reason}`, { cause: error });
    }
  }

  close(): void {
    this.agent.destroy();
  }

  /** A server may end a connection that was kept while the request is on its way: then it has not been read. */
  private respond(request: KeystoneRequest, again = true): Promise<IncomingMessage> {
    const { method, path, query, token, body, signal } = request;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const search = query === undefined ? "" : `?${new URLSearchParams(query).toString()}`;
    const headers = {
      accept: "application/json",
      ...(token !== undefined && { "x-auth-token": token }),
      ...(text !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const send = this.base.startsWith("https:") ? httpsRequest : httpRequest;
      const outgoing = send(this.base + path + search, { method, headers, agent: this.agent, signal });
      outgoing.once("response", resolve);
      outgoing.on("error", (error: NodeJS.ErrnoException) => {
        const wasEnded = outgoing.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
        if (again && wasEnded && !signal.aborted) this.respond(request, false).then(resolve, reject);
        else reject(error);
      });
      outgoing.end(text);
    });
  }
}

async function readBounded(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`an answer of more than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
