import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allNodes, type ClusterNode, type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { formatDiagnostics } from "../../../src/config/diagnostics.js";
import { load, merge, smallestOpenStack } from "../../support/bootstraps.js";
import { projectRoot } from "../../support/project.js";

/** What `caCertificate: {file: ca.pem}` finds in these tests. */
export const caCertificate = readFileSync(join(projectRoot, "environments/demo-rhosp/cloud-ca.pem"), "utf8");

/**
 * The configuration of a cluster `demo` on OpenStack.
 *
 * @param changes sections to merge over those of the smallest sound bootstrap.yaml
 * @param files what is beside it, by path; ca.pem is there always
 */
export function cluster(
  changes: Readonly<Record<string, unknown>> = {},
  files: Readonly<Record<string, string>> = {},
): OpenStackClusterConfig {
  const there: Readonly<Record<string, string | undefined>> = { "ca.pem": caCertificate, ...files };
  const result = load(merge(smallestOpenStack, changes), (path) => {
    const text = there[path];
    if (text === undefined) throw new Error(`no such file: ${path}`);
    return text;
  });
  if (!result.ok) throw new Error(formatDiagnostics("bootstrap.yaml", result.diagnostics));
  return result.config as OpenStackClusterConfig;
}

/** A node of the cluster. @throws when there is none of that key */
export function nodeOf(config: OpenStackClusterConfig, key: string): ClusterNode {
  const node = allNodes(config).find((candidate) => candidate.key === key);
  if (node === undefined) throw new Error(`${config.name} has no ${key}`);
  return node;
}
