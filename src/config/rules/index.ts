import type { Diagnostic } from "../diagnostics.js";
import type { ParsedBootstrap } from "../parse.js";

/** What the schema cannot say: the rules between fields. */
export function checkRules(bootstrap: ParsedBootstrap): readonly Diagnostic[] {
  void bootstrap;
  return [];
}
