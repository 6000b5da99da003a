import type { Conditions, Statement } from "../../../../src/eks/policies/policy-document.js";

/** A policy with one thing left out. */
export interface Reduced {
  readonly without: string;
  readonly statements: readonly Statement[];
}

/** The policy without each of its statements in turn. */
export function withoutStatements(statements: readonly Statement[]): readonly Reduced[] {
  return statements.map((left) => ({
    without: left.sid,
    statements: statements.filter((statement) => statement !== left),
  }));
}

/** The policy without each condition of its statements in turn. */
export function withoutConditions(statements: readonly Statement[]): readonly Reduced[] {
  return statements.flatMap((changed) =>
    Object.entries(changed.conditions ?? {}).flatMap(([operator, keys]) =>
      Object.keys(keys).map((key) => ({
        without: `${changed.sid}: ${operator} ${key}`,
        statements: statements.map((statement) =>
          statement === changed
            ? { ...statement, conditions: without(statement.conditions ?? {}, operator, key) }
            : statement,
        ),
      })),
    ),
  );
}

function without(conditions: Conditions, operator: string, key: string): Conditions {
  const keys = Object.entries(conditions[operator] ?? {}).filter(([name]) => name !== key);
  const others = Object.entries(conditions).filter(([name]) => name !== operator);
  return Object.fromEntries([...others, ...(keys.length > 0 ? [[operator, Object.fromEntries(keys)] as const] : [])]);
}
