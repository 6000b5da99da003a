/** A word of a Corefile with what follows it, on its line and in braces. Source: coredns.io/manual/configuration */
export interface Directive {
  readonly name: string;
  /** Without white space. @default - none */
  readonly args?: readonly string[];
  /** @default - no braces */
  readonly block?: readonly Directive[];
}

const INDENT = "    ";

/** @param servers what is answered at each address, by the plugins in its block */
export function corefile(servers: readonly Directive[]): string {
  return servers.map((server) => lines(server, "")).join("");
}

function lines({ name, args = [], block }: Directive, indent: string): string {
  const head = indent + [name, ...args].join(" ");
  if (block === undefined) return `${head}\n`;
  return `${head} {\n${block.map((each) => lines(each, indent + INDENT)).join("")}${indent}}\n`;
}
