import { awsIdentities } from "../../config/aws-identities.js";
import type { EksClusterConfig } from "../../config/cluster-config.js";
import { ClusterIdentity } from "../../config/cluster-identity.js";
import type { Finding } from "../finding.js";
import type { Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import type { ExistingCluster } from "./existing-cluster.js";
import { findRole, type IamRole } from "./iam-role.js";
import { unansweredFinding } from "./refusal.js";

/** Roles that have one of the names already, by name. */
export type NamedRoles = ReadonlyMap<string, Pick<IamRole, "tags" | "trust">>;

/** Names of all roles of a cluster: the control plane's, the nodes', the flow logs', and one for each service that calls AWS. */
export function roleNames({ name, services }: Pick<EksClusterConfig, "name" | "services">): readonly string[] {
  const off = [...(services.backup.enabled ? [] : ["velero"]), ...(services.registry.enabled ? [] : ["registry"])];
  const callers = Object.keys(awsIdentities).filter((service) => !off.includes(service));
  const identity = new ClusterIdentity(name);
  return ["control-plane", "worker", "flow-logs", ...callers].map((role) => identity.resourceName(role));
}

export async function findClusterRoles(clients: AwsClients, config: EksClusterConfig): Promise<Answer<NamedRoles>> {
  const roles = new Map<string, IamRole>();
  const answers = await Promise.all(
    roleNames(config).map(async (name) => ({ name, answer: await findRole(clients, name) })),
  );
  for (const { name, answer } of answers) {
    if (!answer.ok) return answer;
    if (answer.value !== undefined) roles.set(name, answer.value);
  }
  return { ok: true, value: roles };
}

/** Whose the roles are that have a cluster's names. */
export interface RoleOwners {
  /** The cluster's own, of an earlier run. */
  readonly own: readonly string[];
  /** Of a cluster of the same name, by its region. */
  readonly elsewhere: ReadonlyMap<string, readonly string[]>;
  /** Of a cluster of the same name, in no region that one of its roles would tell. */
  readonly somewhere: readonly string[];
  readonly others: readonly string[];
}

/** Roles bear no region. Those of services name the cluster's whom they trust; the rest are where those are. */
export function ownersOf(
  { name, provider }: Pick<EksClusterConfig, "name" | "provider">,
  roles: NamedRoles,
): RoleOwners {
  const identity = new ClusterIdentity(name);
  const of = [...roles].map(([role, { tags, trust }]) => ({
    role,
    tagged: identity.marks(tags),
    region: CLUSTER_ARN.exec(trust)?.groups?.["region"],
  }));
  const namesakes = of.filter(({ tagged }) => tagged);
  const told = [...new Set(namesakes.flatMap(({ region }) => region ?? []))];
  const common = told.includes(provider.region) ? provider.region : told[0];
  const own: string[] = [];
  const somewhere: string[] = [];
  const elsewhere = new Map<string, string[]>();
  for (const { role, region = common } of namesakes) {
    if (region === undefined) somewhere.push(role);
    else if (region === provider.region) own.push(role);
    else elsewhere.set(region, [...(elsewhere.get(region) ?? []), role]);
  }
  return { own, elsewhere, somewhere, others: of.filter(({ tagged }) => !tagged).map(({ role }) => role) };
}

/** `arn:aws:eks:eu-central-1:123456789012:cluster/demo` */
const CLUSTER_ARN = /arn:[\w-]+:eks:(?<region>[\w-]+):\d+:cluster\//;

/** An account has one role of a name in all its regions together: IAM refuses a second one while the stack is applied. */
export function judgeRoleNames(
  config: Pick<EksClusterConfig, "name" | "provider" | "services">,
  roles: Answer<NamedRoles>,
  existing: Answer<ExistingCluster | undefined>,
): readonly Finding[] {
  const check = "role names";
  if (!roles.ok) return [unansweredFinding(check, roles.refusal, roles.permission)];
  const { name, provider } = config;
  const { own, elsewhere, somewhere, others } = ownersOf(config, roles.value);
  const place = { check, path: ["cluster", "name"], value: name, expected: EXPECTED };
  const findings: Finding[] = [...elsewhere].map(([region, taken]) => ({
    ...place,
    state: "failure",
    message: `cluster ${name} in ${region} has ${listed(taken)}`,
    remedy: "choose another name; or destroy the cluster there, if it is to move",
  }));
  if (others.length > 0) {
    findings.push({
      ...place,
      state: "failure",
      message: `the account has ${listed(others)}, which kaasctl did not make`,
      remedy: "choose another name; or delete what has these, if nothing uses it",
    });
  }
  if (somewhere.length > 0 && existing.ok && existing.value === undefined) {
    findings.push({
      ...place,
      state: "warning",
      message: `${listed(somewhere)}: there for a cluster ${name}, which ${provider.region} does not have`,
      remedy:
        "go on if an earlier run for this cluster ended early; if the cluster is in another region, choose another name",
    });
  }
  if (findings.length > 0) return findings;
  const there = own.length + somewhere.length;
  return [{ check, state: "ok", message: describeShare(there, roleNames(config).length) }];
}

function describeShare(there: number, needed: number): string {
  if (there === 0) return `all ${needed} are free`;
  return there === needed
    ? `all ${needed} are the cluster's`
    : `${there} of ${needed} are the cluster's, the others are free`;
}

const EXPECTED = "names that no other roles of the account have, whatever region they serve";
const MOST_LISTED = 3;

/** `demo-worker, demo-velero`; a long list is cut. */
function listed(names: readonly string[]): string {
  const rest = names.length - MOST_LISTED;
  const shown = rest > 1 ? names.slice(0, MOST_LISTED) : names;
  return shown.join(", ") + (rest > 1 ? ` and ${rest} more` : "");
}
