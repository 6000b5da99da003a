import type { Statement } from "../../../../src/eks/policies/policy-document.js";

const READING = /^[a-z0-9-]+:(Describe|Get|List)/;

/** Whether it allows more than to look. */
export function isWriting({ effect = "Allow", actions }: Statement): boolean {
  return effect === "Allow" && actions.some((action) => !READING.test(action));
}

/** The statements that allow an action, wildcards and all. */
export function allowing(statements: readonly Statement[], action: string): readonly Statement[] {
  return statements.filter(
    ({ effect = "Allow", actions }) => effect === "Allow" && actions.some((pattern) => matches(pattern, action)),
  );
}

function matches(pattern: string, text: string): boolean {
  const escaped = pattern.split("*").map((part) => part.replace(/[^\w]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`, "i").test(text);
}
