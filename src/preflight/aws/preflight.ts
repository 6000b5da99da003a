import type { EksClusterConfig } from "../../config/cluster-config.js";
import type { Finding } from "../finding.js";
import { findCaller, judgeAccount, judgeCaller } from "./account.js";
import { findAdminRoles, judgeAdminRoles } from "./admin-roles.js";
import { mapAnswer } from "./answer.js";
import { awsClients, type AwsClients } from "./clients.js";
import { findCluster, judgeCluster } from "./existing-cluster.js";
import { findImages, judgeImages } from "./images.js";
import { findInstanceTypes, findOfferings, judgeInstanceTypes } from "./instance-types.js";
import { findVersionSupport, judgeVersion } from "./kubernetes-version.js";
import { checkQuotas } from "./quotas.js";
import { unansweredFinding } from "./refusal.js";
import { findRegions, judgeRegion } from "./region.js";
import { findClusterRoles, judgeRoleNames } from "./role-names.js";
import { findRoleSummary, judgeRoleQuota } from "./role-quota.js";
import { findZones, judgeZones } from "./zones.js";

/**
 * Asks AWS whether a cluster's plan can work. Changes nothing there.
 *
 * @returns what was found, in the order of a reader; it ends early when nothing more can be asked
 */
export async function preflightAws(config: EksClusterConfig, now: Date): Promise<readonly Finding[]> {
  const clients = awsClients(config.provider.region);
  try {
    return await findings(config, clients, now);
  } finally {
    clients.close();
  }
}

async function findings(config: EksClusterConfig, clients: AwsClients, now: Date): Promise<readonly Finding[]> {
  const caller = await findCaller(clients, now);
  if (!caller.ok) return [last(judgeCaller(caller))];
  const otherAccount = judgeAccount(config, caller.value);
  // What another account has and may do tells nothing.
  if (otherAccount !== undefined) return [last(otherAccount)];

  const [administrators, regions, zones] = await Promise.all([
    findAdminRoles(clients, config, caller.value),
    findRegions(clients),
    findZones(clients),
  ]);
  const account = [judgeCaller(caller), ...judgeAdminRoles(config, caller.value, administrators)];
  const region = judgeRegion(config.provider.region, regions);
  if (region.state === "failure") return [...account, last(region)];
  if (!zones.ok && zones.refusal.kind === "unreachable") {
    return [...account, last(unansweredFinding("region", zones.refusal, zones.permission))];
  }

  const names = config.nodeGroups.flatMap(({ instanceTypes }) => instanceTypes);
  const types = findInstanceTypes(clients, names);
  const [offerings, images, support, existing, roles, roleSummary, quotas] = await Promise.all([
    findOfferings(clients, names),
    findImages(clients, config),
    findVersionSupport(clients, config),
    findCluster(clients, config),
    findClusterRoles(clients, config),
    findRoleSummary(clients),
    types.then((answer) => checkQuotas(config, sizesOf(answer), clients)),
  ]);
  return [
    ...account,
    region,
    ...judgeZones(config, zones),
    judgeCluster(config, existing),
    ...judgeRoleNames(config, roles, existing),
    judgeVersion(config, support, now),
    ...judgeInstanceTypes(config, await types, offerings),
    ...judgeImages(config, images),
    ...quotas,
    judgeRoleQuota(config, roleSummary, roles),
  ];
}

function last(finding: Finding): Finding {
  return { ...finding, message: `${finding.message}; nothing else was asked` };
}

function sizesOf(types: Awaited<ReturnType<typeof findInstanceTypes>>): ReadonlyMap<string, number> {
  const sizes = mapAnswer(types, (found) => new Map([...found].map(([name, { vcpus }]) => [name, vcpus])));
  return sizes.ok ? sizes.value : new Map();
}
