import { parseAllDocuments } from "yaml";
import { managedNamespaceNames } from "../../../src/config/managed-namespaces.js";
import { type ClusterConfig } from "../../../src/config/cluster-config.js";
import { type Condition, type Resource } from "./cluster-state.js";
import { type ManifestFile } from "./manifests.js";
import { type Person } from "./person.js";

/** What the operator calls the jobs that it makes of them. */
const JOBS: Readonly<Record<string, string>> = {
  ServiceMonitor: "serviceMonitor",
  PodMonitor: "podMonitor",
  Probe: "probe",
};

/** The beginnings of the names of scrape jobs that the platform's own monitors ask for: `serviceMonitor/<namespace>/<name>`. */
export function monitorsOf(files: readonly ManifestFile[], config: ClusterConfig): readonly string[] {
  const managed = managedNamespaceNames(config);
  return files
    .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as Resource | null))
    .flatMap((object) => {
      const job = JOBS[object?.kind ?? ""];
      const { namespace = "", name = "" } = object?.metadata ?? {};
      return job !== undefined && managed.includes(namespace) ? [`${job}/${namespace}/${name}`] : [];
    });
}

/** A Prometheus or an Alertmanager. */
export interface OperatedResource extends Resource {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** What the operator makes pods of. */
export async function operatedResources(as: Person): Promise<readonly OperatedResource[]> {
  const answer = await as.do(["get", "prometheuses,alertmanagers", "--all-namespaces", "--output", "json"]);
  return (JSON.parse(answer) as { readonly items: readonly OperatedResource[] }).items;
}
