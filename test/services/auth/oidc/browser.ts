/** A browser without scripts: it keeps cookies, follows redirects within one origin, and sends forms. */
export class Browser {
  readonly cookies = new Map<string, { readonly value: string; readonly path: string }>();

  constructor(private readonly origin: string) {}

  /** Opens an address, and follows where it leads as long as it stays within the origin. */
  async open(
    url: string,
    form?: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Page> {
    let next: { readonly url: URL; readonly form: typeof form } = { url: new URL(url, this.origin), form };
    for (let hops = 0; hops < 20; hops += 1) {
      if (next.url.origin !== this.origin) return { url: next.url, status: 0, text: "", headers: new Headers() };
      const answer = await fetch(next.url, {
        redirect: "manual",
        method: next.form === undefined ? "GET" : "POST",
        headers: {
          accept: "text/html",
          cookie: this.cookiesFor(next.url),
          ...(next.form !== undefined && { origin: this.origin }),
          ...headers,
        },
        ...(next.form !== undefined && { body: new URLSearchParams(next.form) }),
      });
      for (const cookie of answer.headers.getSetCookie()) this.keep(cookie);
      const location = answer.headers.get("location");
      if (location === null) {
        return { url: next.url, status: answer.status, text: await answer.text(), headers: answer.headers };
      }
      await answer.text();
      next = { url: new URL(location, next.url), form: undefined };
    }
    throw new Error(`${url} leads nowhere`);
  }

  /** Sends the only form of a page, with what its hidden fields hold. */
  submit(page: Page, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const action = /<form[^>]*\saction="([^"]*)"/.exec(page.text)?.[1];
    if (action === undefined) throw new Error(`there is no form: ${page.status} ${page.text}`);
    const hidden = [...page.text.matchAll(/<input\s+type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"/g)];
    const values = Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, unescaped(value)]));
    return this.open(new URL(unescaped(action), page.url).href, { ...values, ...fields });
  }

  private cookiesFor({ pathname }: URL): string {
    return [...this.cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name.split("@")[0] ?? ""}=${value}`)
      .join("; ");
  }

  private keep(cookie: string): void {
    const [pair = "", ...attributes] = cookie.split("; ");
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const attribute = (key: string) =>
      attributes.find((one) => one.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
    const path = attribute("path") ?? "/";
    const key = `${name}@${path}`;
    const expires = attribute("expires");
    if (expires !== undefined && Date.parse(expires) < Date.now()) this.cookies.delete(key);
    else this.cookies.set(key, { value, path });
  }
}

export interface Page {
  readonly url: URL;
  /** 0 when it is of another origin: that was not opened. */
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

function unescaped(text: string): string {
  return text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
