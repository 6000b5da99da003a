import { type Fetch, type FetchOptions } from "./oidc-fetch.js";

/** How a browser shows where it has come to. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
  readonly secure: boolean;
}

interface Form {
  readonly action: string;
  readonly method: string;
  /** What the page has filled in already. */
  readonly fields: Readonly<Record<string, string>>;
  /** Name and value of each button that has a name. */
  readonly buttons: readonly (readonly [string, string])[];
  readonly inputs: readonly string[];
}

const MOST_REDIRECTS = 20;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** A browser without scripts: it keeps cookies, follows redirects and sends forms. */
export class OidcBrowser {
  private cookies: readonly Cookie[] = [];

  /** @param stopAt starts of addresses that it is led to and does not open. @default - none */
  constructor(
    private readonly fetch: Fetch,
    private readonly stopAt: readonly string[] = [],
  ) {}

  open(url: string): Promise<Page> {
    return this.go(url, {});
  }

  /** Sends the page's form, with what it says itself and these fields. */
  submit(page: Page, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const form = formOf(page);
    const url = new URL(form.action, page.url).href;
    const body = new URLSearchParams({ ...form.fields, ...fields });
    if (form.method !== "post") return this.go(`${url}?${body.toString()}`, {});
    // Who may not tell where it comes from tells no origin either. Source: fetch.spec.whatwg.org, "append a request Origin header"
    const origin = page.headers.get("referrer-policy") === "no-referrer" ? "null" : new URL(page.url).origin;
    const headers = { origin };
    return this.go(url, { method: "POST", headers, body });
  }

  /** Names of the cookies that it has, as a server has told it. */
  get cookieNames(): readonly string[] {
    return this.cookies.map(({ name }) => name);
  }

  /** What it sends as its cookies to an address. */
  cookiesFor(url: string): string | undefined {
    return this.cookieHeader(url)["cookie"];
  }

  private async go(start: string, first: FetchOptions): Promise<Page> {
    let [url, options] = [start, first];
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects += 1) {
      const answer = await this.fetch(url, { ...options, headers: { ...options.headers, ...this.cookieHeader(url) } });
      for (const line of answer.headers.getSetCookie()) this.keep(line, new URL(url));
      const { status, headers } = answer;
      const location = headers.get("location");
      if (status < 300 || status > 399 || location === null) return { url, status, headers, text: await answer.text() };
      const next = new URL(location, url).href;
      if (this.stopAt.some((address) => next.startsWith(address))) return { url: next, status, headers, text: "" };
      // Only these two repeat the body.
      if (status !== 307 && status !== 308) options = {};
      url = next;
    }
    throw new Error(`${start}: redirects without an end, at last to ${url}`);
  }

  private cookieHeader(url: string): Readonly<Record<string, string>> {
    const { hostname, pathname, protocol } = new URL(url);
    const sent = this.cookies.filter(
      ({ host, path, secure }) =>
        host === hostname &&
        (pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`)) &&
        (!secure || protocol === "https:"),
    );
    return sent.length === 0 ? {} : { cookie: sent.map(({ name, value }) => `${name}=${value}`).join("; ") };
  }

  /** Like a browser, which does not tell ports of a host apart. */
  private keep(line: string, { hostname, pathname }: URL): void {
    const [pair = "", ...rest] = line.split(";").map((part) => part.trim());
    const attributes = new Map(rest.map((part) => [part.split("=")[0]?.toLowerCase(), part.split("=")[1] ?? ""]));
    const name = pair.slice(0, pair.indexOf("="));
    const path = attributes.get("path") ?? (pathname.slice(0, pathname.lastIndexOf("/")) || "/");
    const others = this.cookies.filter((each) => each.name !== name || each.host !== hostname || each.path !== path);
    const ends = attributes.get("expires");
    const gone = attributes.get("max-age") === "0" || (ends !== undefined && Date.parse(ends) <= Date.now());
    const cookie = { name, value: pair.slice(name.length + 1), host: hostname, path, secure: attributes.has("secure") };
    this.cookies = gone ? others : [...others, cookie];
  }
}

/** The only form of a page. */
export function formOf({ url, status, text }: Page): Form {
  const forms = [...text.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gis)];
  const [whole = "", tag = "", content = ""] = forms[0] ?? [];
  if (forms.length !== 1) throw new Error(`${url}: ${status}, and ${forms.length} forms:\n${text.slice(0, 2000)}`);
  const form = attributesOf(tag);
  const inputs = [...content.matchAll(/<input\b([^>]*)>/gi)].map(([, input = ""]) => attributesOf(input));
  const buttons = [...content.matchAll(/<button\b([^>]*)>/gi)].map(([, button = ""]) => attributesOf(button));
  // A button may stand elsewhere, and name its form.
  const apart = [...text.replace(whole, "").matchAll(/<button\b([^>]*)>/gi)].map(([, button = ""]) =>
    attributesOf(button),
  );
  const ours = apart.filter((button) => form["id"] !== undefined && button["form"] === form["id"]);
  const named = (elements: readonly Readonly<Record<string, string>>[]) =>
    elements.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value ?? ""] as const]));
  return {
    action: form["action"] ?? url,
    method: (form["method"] ?? "get").toLowerCase(),
    fields: Object.fromEntries(named(inputs.filter(({ type }) => type !== "submit"))),
    buttons: named([...buttons, ...ours, ...inputs.filter(({ type }) => type === "submit")]),
    inputs: named(inputs.filter(({ type }) => type !== "hidden" && type !== "submit")).map(([name]) => name),
  };
}

function attributesOf(tag: string): Readonly<Record<string, string>> {
  const attributes = [...tag.matchAll(/([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi)];
  return Object.fromEntries(
    attributes.map(([, name = "", ...values]) => [name.toLowerCase(), unescaped(values.find(Boolean) ?? "")]),
  );
}

function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return ENTITIES[name ?? ""] ?? whole;
    },
  );
}
