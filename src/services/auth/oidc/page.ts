import { sha256 } from "../domain/secret-text.js";

/** Part of a page in which nothing is taken for HTML that was not written as such here. */
export class Html {
  constructor(readonly text: string) {}
}

/** HTML whose values are escaped, but for those that are HTML themselves. */
export function markup(parts: TemplateStringsArray, ...values: readonly (string | Html | undefined)[]): Html {
  const written = values.map((value) => (value instanceof Html ? value.text : escaped(value ?? "")));
  return new Html(parts.map((part, index) => part + (written[index] ?? "")).join(""));
}

const STYLE = `
:root { color-scheme: light dark; --line: #8a8f98; --accent: #1f5fbf; --bad: #b3261e }
@media (prefers-color-scheme: dark) { :root { --accent: #2d6cd2; --bad: #ff8a80 } }
* { box-sizing: border-box }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText }
main { width: min(24rem, 100vw); padding: 2rem }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 1rem }
label { display: block; margin: 1rem 0 .25rem }
input, button { font: inherit; width: 100%; padding: .6rem .75rem; border: 1px solid var(--line); border-radius: .4rem }
input.code { font: 1.25rem ui-monospace, monospace; text-transform: uppercase; letter-spacing: .1em }
button { margin-top: 1.25rem; border-color: var(--accent); background: var(--accent); color: #fff; cursor: pointer }
button.other { margin-top: .75rem; background: none; border-color: var(--line); color: inherit }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.problem { color: var(--bad); border-left: 4px solid var(--bad); padding-left: .75rem }
code { font: 1.5rem ui-monospace, monospace; overflow-wrap: anywhere }
`;

/**
 * Nothing is loaded, framed or run; the library adds hashes of its own scripts. Where forms lead is left open: browsers would
 * follow a sign-in only to addresses that are named here, and where a client sends its user in the end nobody here knows.
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${sha256(STYLE).toString("base64")}'`,
  "script-src",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Without a referrer browsers would not say either where a form was, and forms of elsewhere are refused. */
export const REFERRER_POLICY = "same-origin";

/** A whole page. */
export function page(title: string, content: Html): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`.text;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
