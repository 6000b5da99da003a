import type { AlertRule } from "./alert-rule.js";

/** Where the pages stand in this repository. */
export const RUNBOOK_FOLDER = "docs/runbooks";

/** An alert's page, relative to the repository. */
export function runbookPath({ alert }: Pick<AlertRule, "alert">): string {
  return `${RUNBOOK_FOLDER}/${alert}.md`;
}

/** @param base where the folder of pages is published, with or without a slash at its end */
export function runbookUrl({ alert }: Pick<AlertRule, "alert">, base: string): string {
  return `${base.replace(/\/+$/, "")}/${alert}.md`;
}
