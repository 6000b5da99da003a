import type { WrittenBundle } from "../../pki/bundle-writer.js";
import type { PreparationStep } from "../../pki/preparation.js";
import { isoDate } from "../../pki/validity.js";
import { shownPath } from "../shown-path.js";
import type { Style } from "../style.js";
import { formatTable } from "../table.js";

/** What was done for one cluster on OpenStack. */
export interface PreparedCluster {
  readonly environment: string;
  readonly cluster: string;
  readonly steps: readonly PreparationStep[];
  readonly written: WrittenBundle;
}

export function formatPreparedCluster(
  { environment, steps, written }: PreparedCluster,
  { style, cwd }: { readonly style: Style; readonly cwd: string },
): string {
  const columns = [{ title: "SECRET" }, { title: "" }, { title: "EXPIRES" }, { title: "" }];
  const rows = steps.map(({ secret, action, expires, reason }) => [
    secret,
    paintAction(action, style),
    expires === undefined ? "-" : isoDate(expires),
    reason === undefined ? "" : `it ${reason}`,
  ]);
  return `${style.bold(environment)}\n${formatTable(columns, rows, style)}\n${outcome(written, cwd)}`;
}

function outcome({ file, encrypted, recipients, written, removed }: WrittenBundle, cwd: string): string {
  const path = shownPath(file, cwd);
  const what = written ? `wrote ${path}` : `${path} stays as it is`;
  const lines = [encrypted ? `${what}, encrypted to:` : `${what}, for its owner alone (0600)`];
  lines.push(...recipients.map((recipient) => `  ${recipient}`));
  if (removed !== undefined) lines.push(`removed ${shownPath(removed, cwd)}, in whose place it stands`);
  return lines.map((line) => `${line}\n`).join("");
}

/** The same for programs; certificates by their last day, and nothing secret. */
export function preparedClusterRecord({ environment, cluster, steps, written }: PreparedCluster) {
  return {
    environment,
    cluster,
    provider: "openstack",
    ...written,
    secrets: steps.map(({ expires, ...step }) => ({
      ...step,
      ...(expires !== undefined && { expires: expires.toISOString() }),
    })),
  };
}

function paintAction(action: PreparationStep["action"], style: Style): string {
  switch (action) {
    case "made":
    case "renewed":
      return style.green(action);
    case "dropped":
      return style.yellow(action);
    case "kept":
      return action;
  }
}
