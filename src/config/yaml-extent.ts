import { Lexer, Parser, type CST } from "yaml";

export interface Extent {
  /** Collections in collections. */
  readonly levels: number;
  /** Keys, values, blanks, marks and line ends; about five to a field. */
  readonly tokens: number;
}

/**
 * How a YAML text exceeds `limit`, if it does.
 *
 * Composing a document recurses and compares keys each with each: next to the end of the stack V8 may end the process
 * (it compiles regular expressions there), which no handler catches, and 80,000 keys take minutes. The concrete syntax
 * has neither problem, so it is asked first.
 */
export function excessOf(text: string, limit: Extent): keyof Extent | undefined {
  const open: { readonly token: CST.Token; readonly level: number }[] = [];
  const push = (token: CST.Token | null | undefined, level: number) => {
    if (token !== null && token !== undefined) open.push({ token, level });
  };
  let tokens = 0;
  for (const _lexeme of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > limit.tokens) return "tokens";
  }
  for (const token of new Parser().parse(text)) push(token, 0);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, level } = next;
    if (level > limit.levels) return "levels";
    if ("items" in token) {
      for (const item of token.items) {
        push(item.key, level + 1);
        push(item.value, level + 1);
      }
    } else if (token.type === "document") {
      push(token.value, level);
    }
  }
  return undefined;
}
