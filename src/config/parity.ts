import type { ClusterConfig } from "./cluster-config.js";
import { AMAZONS_IMAGES, eksRefusals } from "./rules/not-on-eks.js";

export type ProviderType = ClusterConfig["provider"]["type"];

/** What a provider makes of a field. */
export type Standing =
  /** Its files do not know the field, and nothing that is in it. */
  | "absent"
  /** Its files know the field, and a rule says what is wrong with writing it. */
  | "refused"
  /** The field may be written and changes nothing. */
  | "without effect"
  /** The field means something else, or not everything that it takes is taken. */
  | "different";

export interface ParityReason {
  /** As docs/bootstrap.md writes it, with its section: `workers[].flavor`. It stands for the fields in it too. */
  readonly field: string;
  readonly on: ProviderType;
  readonly standing: Standing;
  /** One line. */
  readonly why: string;
}

type Whys = Readonly<Record<string, string>>;

const OVERRIDES = "containerImages.overrides";

const absentOnEks: Whys = {
  "provider.distribution": "Amazon's services are the same in every region",
  "provider.cloud": "the AWS SDK's credential chain signs in, as for any tool",
  "provider.externalNetwork": "an internet gateway comes with the VPC",
  "provider.image": "a node group names its own: `workers[].ami`",
  "provider.antiAffinity": "a node group is spread over the zones",
  "provider.caCertificate": "AWS's APIs have publicly trusted certificates",
  "provider.octavia": "Elastic Load Balancing is there in every region",
  "provider.objectStorage": "S3 is there in every region",
  "provider.api": "Amazon balances the API server: `provider.endpoint`",
  "provider.tenancy": "the account exists, and its quotas are raised on request",
  "network.nodeCidr": "subnets are parts of `provider.vpcCidr`",
  "network.podCidr": "pods take addresses of `provider.vpcCidr`",
  "network.cni": "the VPC CNI gives pods their addresses, and enforces policies",
  "network.apiAllowedCidrs": "see `provider.endpoint.allowedCidrs`",
  "network.sshAllowedCidrs": "nodes are reached by Session Manager",
  "network.dnsServers": "a VPC has a resolver of its own",
  etcd: "Amazon runs it, and keeps its data",
  controlPlane: "Amazon runs it, in two zones at least",
  "workers[].ordinals": "Amazon names and numbers the nodes of a group",
  "workers[].flavor": "see `workers[].instanceTypes`",
  "workers[].rootVolume": "see `workers[].diskGiB`; every node has a volume",
  nodes: "kubelet and containerd come with the machine image",
  pki: "Amazon keeps the cluster's authorities and keys",
};

const absentOnOpenStack: Whys = {
  "provider.accountId": "the entry of clouds.yaml names the project",
  "provider.vpcCidr": "see `network.nodeCidr` and `network.podCidr`",
  "provider.endpoint": "see `provider.api` and `network.apiAllowedCidrs`",
  "provider.nat": "the router translates addresses, and comes with the network",
  "provider.adminRoleArns": "the secrets bundle makes the first administrator; EKS wants at least one role",
  "provider.repositories": "Harbor runs in the cluster, with projects of its own",
  "provider.addons": "charts install what Amazon's add-ons are",
  "provider.logRetentionDays": "see `services.logging.retentionDays`",
  "workers[].instanceTypes": "see `workers[].flavor`",
  "workers[].capacity": "Nova sells no spare capacity",
  "workers[].minCount": "no autoscaler: a pool has the nodes that stand in the file",
  "workers[].maxCount": "no autoscaler: a pool has the nodes that stand in the file",
  "workers[].ami": "see `provider.image`",
  "workers[].amiRelease": "Flatcar updates itself: `services.nodeUpdates`",
  "workers[].maxUnavailablePercent": "nodes reboot one at a time",
  "workers[].diskGiB": "see `workers[].flavor` and `workers[].rootVolume`",
};

/** Rules about both providers refuse these; `eksRefusals` holds the others. */
const NO_RESOURCE = "no resource of the cluster is of that provider";

const withoutEffectOnEks: Whys = {
  "services.backup.etcdSnapshotHours": "Amazon backs up its etcd; Velero backs up the cluster's objects",
  "services.nodeUpdates.enabled": "nodes run no Flatcar: a new `workers[].amiRelease` replaces them",
};

const differentOnEks: Whys = {
  "access.adminRole": "a group that kubernetes-auth knows; on OpenStack a Keystone role, which the tenancy makes",
  [OVERRIDES]: `not ${AMAZONS_IMAGES.join(", ")}: Amazon makes those`,
};

function reasons(on: ProviderType, standing: Standing, whys: Whys): readonly ParityReason[] {
  return Object.entries(whys).map(([field, why]) => ({ field, on, standing, why }));
}

/** Why a field is not there for both providers alike. */
export const parityReasons: readonly ParityReason[] = [
  ...reasons("eks", "absent", absentOnEks),
  ...reasons("openstack", "absent", absentOnOpenStack),
  ...eksRefusals
    .map(({ path, why }) => ({ field: path.join("."), on: "eks" as const, standing: "refused" as const, why }))
    .filter(({ field }) => !isAtOrIn(field, OVERRIDES)),
  ...reasons("eks", "refused", { "terraform.providers.openstack": NO_RESOURCE }),
  ...reasons("openstack", "refused", { "terraform.providers.aws": NO_RESOURCE }),
  ...reasons("eks", "without effect", withoutEffectOnEks),
  ...reasons("eks", "different", differentOnEks),
];

/** Whether `field` is `other`, or in the mapping or list that `other` is. */
export function isAtOrIn(field: string, other: string): boolean {
  return field === other || field.startsWith(`${other}.`) || field.startsWith(`${other}[`);
}

/** The reason that stands for a field: its own, or that of what it is in. None stands in another's field. */
export function reasonOf(field: string): ParityReason | undefined {
  return parityReasons.find((reason) => isAtOrIn(field, reason.field));
}
