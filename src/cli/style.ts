import type { CliIo, TextStream } from "./io.js";

/** Start and end codes of ECMA-48's Select Graphic Rendition. */
const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

/** How text is emphasised: with colours on a terminal, not at all elsewhere. */
export type Style = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

const painter =
  (name: keyof typeof CODES) =>
  (text: string): string =>
    `\u001b[${CODES[name][0]}m${text}\u001b[${CODES[name][1]}m`;

const coloured: Style = {
  bold: painter("bold"),
  dim: painter("dim"),
  red: painter("red"),
  green: painter("green"),
  yellow: painter("yellow"),
};

const unchanged = (text: string): string => text;
export const plain: Style = { bold: unchanged, dim: unchanged, red: unchanged, green: unchanged, yellow: unchanged };

/** Colours go to terminals only, and not where NO_COLOR (https://no-color.org) or TERM=dumb ask for none. */
export function styleFor(stream: TextStream, env: CliIo["env"]): Style {
  const refused = (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return stream.isTTY === true && !refused ? coloured : plain;
}
