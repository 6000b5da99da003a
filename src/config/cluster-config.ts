import type { z } from "zod";
import type { flavor, rootVolume, taint } from "./schema/nodes.js";
import type { EksSections, OpenStackSections } from "./schema/bootstrap.js";
import type { EksAddon } from "../versions/eks-addons.js";

export type { EksAddon } from "../versions/eks-addons.js";

export type NodeRole = "etcd" | "controller" | "worker";

/** A flavor's name, or its exact shape. */
export type Flavor = z.output<typeof flavor>;
export type RootVolume = z.output<typeof rootVolume>;
export type Taint = z.output<typeof taint>;
export type Profile = OpenStackSections["cluster"]["profile"];
export type Distribution = OpenStackSections["provider"]["distribution"];
export type ApiTopology = OpenStackSections["provider"]["api"];
export type TerraformState = OpenStackSections["terraform"]["state"];
export type Services = OpenStackSections["services"];
export type ObjectStorage = "swift" | "rgw" | "none";

/** One server of the cluster. */
export interface ClusterNode {
  /** Name within the cluster, by which its resources are keyed: `worker-2`. Never derived from a list index. */
  readonly key: string;
  /** Name of the server and its host name: `demo-worker-2`. */
  readonly serverName: string;
  /** DNS name: `worker-2.demo.mk8s.example.com`. */
  readonly fqdn: string;
  readonly role: NodeRole;
  readonly ordinal: number;
  readonly flavor: Flavor;
  readonly rootVolume?: RootVolume;
  /** Address on the node network; workers take theirs from the allocation pool. */
  readonly fixedAddress?: string;
  readonly availabilityZone?: string;
}

export interface WorkerPool {
  readonly name: string;
  readonly flavor: Flavor;
  readonly nodes: readonly ClusterNode[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** Where kubernetes-auth runs, and whether it is asked for authorization too. */
export type Auth =
  | { readonly mode: "hosted"; readonly authorization: boolean }
  | {
      readonly mode: "external";
      readonly url: string;
      /** PEM text of the CA of the address; undefined for those that the operating system trusts. */
      readonly caCertificate?: string;
      readonly authorization: boolean;
    };

/** A systemd-sysext image. */
export interface SystemExtension {
  readonly url: string;
  /** Hexadecimal; undefined when nobody has verified the file, in the development profile only. */
  readonly sha256?: string;
}

/** The images of the control plane, as kubeadm is told them. */
export interface KubernetesImages {
  /** `v1.36.3`, or a custom build: `v1.36.3+rackspace.0`. */
  readonly version: string;
  /** Where a custom build's images are; undefined for upstream's. */
  readonly repository?: string;
}

interface ClusterConfigBase {
  readonly name: string;
  /** Domain that the cluster's own domain stands below. */
  readonly domain: string;
  /** `<name>.<domain>` */
  readonly clusterDomain: string;
  /** Exact version, as in the catalogue. */
  readonly kubernetes: string;
  readonly profile: Profile;
  /** The user's own tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** Wildcard below which managed services and the users' applications live. */
  readonly ingressWildcard: string;
  readonly access: OpenStackSections["access"] & { readonly adminRole: string };
  readonly auth: Auth;
  readonly services: Services;
  readonly terraform: OpenStackSections["terraform"];
  readonly containerImages: OpenStackSections["containerImages"];
}

/** Host names of the Kubernetes API, without scheme and port. */
export interface ApiHosts {
  /** Where users reach it. */
  readonly public: string;
  /** Where nodes reach it, by private addresses. */
  readonly internal: string;
}

/** Fixed addresses on the node network. */
export interface AddressPlan {
  readonly gateway: string;
  /** Of the load balancer or the virtual IP; unused with floating IPs alone. */
  readonly apiVirtualIp: string;
  readonly ingressVirtualIp: string;
  /** Neutron hands out addresses from here, first and last included. */
  readonly pool: { readonly start: string; readonly end: string };
}

export type Dns =
  | { readonly manage: "zone" | "records"; readonly zone: string; readonly ttlSeconds: number }
  | { readonly manage: "none" };

/** How traffic reaches the ingress controller. */
export type IngressExposure =
  /** Services of type LoadBalancer, through Octavia, on a reserved floating IP. */
  | "load-balancer"
  /** NodePorts behind a virtual IP of the workers. */
  | "virtual-ip";

export interface Quotas {
  readonly instances: number;
  /** Undefined when a flavor is given by name: its size is not known then. */
  readonly cores?: number;
  readonly ramGiB?: number;
  readonly volumes: number;
  readonly volumesGiB?: number;
  readonly snapshots?: number;
  readonly floatingIps: number;
  readonly ports: number;
  readonly securityGroups: number;
  readonly securityGroupRules: number;
  readonly loadBalancers: number;
}

export interface Tenancy {
  readonly adminCloud: string;
  readonly project: string;
  readonly user: string;
  readonly roles: readonly string[];
  readonly quotas: Quotas;
}

export interface OpenStackProvider {
  readonly type: "openstack";
  readonly distribution: Distribution;
  readonly cloud: string;
  readonly region?: string;
  readonly externalNetwork: string;
  readonly image: string;
  readonly antiAffinity: "soft" | "hard";
  /** PEM text of the CA of the cloud's APIs. */
  readonly caCertificate?: string;
  readonly octavia: boolean;
  readonly objectStorage: ObjectStorage;
  readonly dns: Dns;
  readonly api: ApiTopology;
  readonly ingress: IngressExposure;
  /** Undefined when project, user and roles are made elsewhere. */
  readonly tenancy?: Tenancy;
}

export type EtcdVolume = { readonly sizeGiB: number; readonly type?: string | undefined };

export type Etcd =
  | { readonly stacked: false; readonly nodes: readonly ClusterNode[]; readonly volume: EtcdVolume }
  | { readonly stacked: true; readonly volume: EtcdVolume };

export interface OpenStackClusterConfig extends ClusterConfigBase {
  readonly provider: OpenStackProvider;
  readonly apiHosts: ApiHosts;
  readonly network: Omit<OpenStackSections["network"], "ingressAllowedCidrs"> & {
    readonly ingressAllowedCidrs: readonly string[];
  };
  readonly addresses: AddressPlan;
  readonly etcd: Etcd;
  readonly controllers: readonly ClusterNode[];
  readonly workerPools: readonly WorkerPool[];
  readonly kubernetesExtension: SystemExtension;
  readonly kubernetesImages: KubernetesImages;
  readonly pki: OpenStackSections["pki"];
}

type EksSection = EksSections["provider"];
type NodeGroupSection = EksSections["workers"][number];

export interface EksProvider extends Omit<EksSection, "dns" | "addons"> {
  readonly dns: Dns;
  /** Versions that are held, by the user or the catalogue; the others are Amazon's default for the version of Kubernetes. */
  readonly addons: Readonly<Partial<Record<EksAddon, string>>>;
}

/** Of processors, as Amazon writes it. */
export type Architecture = "x86_64" | "arm64";

/** A managed node group. */
export interface NodeGroup extends Omit<NodeGroupSection, "minCount" | "maxCount"> {
  readonly minCount: number;
  readonly maxCount: number;
  /** Of all its instance types. */
  readonly architecture: Architecture;
}

export interface EksClusterConfig extends ClusterConfigBase {
  readonly provider: EksProvider;
  readonly network: Omit<EksSections["network"], "ingressAllowedCidrs"> & {
    readonly ingressAllowedCidrs: readonly string[];
  };
  readonly nodeGroups: readonly NodeGroup[];
  /** Address of the OpenID Connect issuer whose tokens the API server takes: kubernetes-auth. */
  readonly issuerUrl: string;
}

/** A bootstrap.yaml that was found sound, with every default resolved. */
export type ClusterConfig = OpenStackClusterConfig | EksClusterConfig;

export function isOpenStack(config: ClusterConfig): config is OpenStackClusterConfig {
  return config.provider.type === "openstack";
}

/** Every server of the cluster: etcd, controllers, then the workers pool by pool. */
export function allNodes({
  etcd,
  controllers,
  workerPools,
}: Pick<OpenStackClusterConfig, "etcd" | "controllers" | "workerPools">): readonly ClusterNode[] {
  return [...(etcd.stacked ? [] : etcd.nodes), ...controllers, ...workerPools.flatMap((pool) => pool.nodes)];
}

/** The nodes that carry an etcd member: nodes of its own, or the controllers when stacked. */
export function etcdMembers(config: OpenStackClusterConfig): readonly ClusterNode[] {
  return config.etcd.stacked ? config.controllers : config.etcd.nodes;
}

/** Address of a controller or an etcd member, which every one of them has. */
export function fixedAddressOf({ key, fixedAddress }: ClusterNode): string {
  if (fixedAddress === undefined) throw new Error(`${key} has no fixed address`);
  return fixedAddress;
}
