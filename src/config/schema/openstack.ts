import { z } from "zod";
import { clusterDns } from "./dns.js";
import { cloudName, wholeNumber } from "./primitives.js";

const apiTopology = z
  .discriminatedUnion("topology", [
    z.strictObject({
      topology: z.literal("floating-ips").describe("A floating IP for each controller, and round-robin DNS."),
    }),
    z.strictObject({
      topology: z.literal("octavia").describe("An Octavia load balancer with one floating IP."),
      provider: z
        .enum(["amphora", "ovn"])
        .default("amphora")
        .describe("Octavia's driver. OVN keeps clients' addresses, so the nodes' rules name them too."),
    }),
    z.strictObject({
      topology: z
        .literal("virtual-ip")
        .describe("An address that moves between the controllers (kube-vip), for clouds without Octavia."),
    }),
  ])
  .prefault({ topology: "floating-ips" })
  .describe("How users reach the Kubernetes API.");

const dns = clusterDns(
  "`zone`: a Designate zone of the cluster's own is created; `records`: records go into a zone that exists; " +
    "`none`: names are yours to set. Default: `zone` on rpco, `none` on rhosp, which comes without Designate.",
);

const quotaFields = [
  ["instances", "servers"],
  ["cores", "virtual CPUs"],
  ["ramGiB", "GiB of memory"],
  ["volumes", "volumes"],
  ["volumesGiB", "GiB of volumes"],
  ["snapshots", "volume snapshots"],
  ["floatingIps", "floating IPs"],
  ["ports", "ports"],
  ["securityGroups", "security groups"],
  ["securityGroupRules", "security group rules"],
  ["loadBalancers", "load balancers"],
] as const;
type QuotaName = (typeof quotaFields)[number][0];

const quotas = z.strictObject(
  Object.fromEntries(
    quotaFields.map(([key, unit]) => [
      key,
      wholeNumber(-1, 10_000_000, unit).optional().describe(`Number of ${unit}.`),
    ]),
  ) as Record<QuotaName, z.ZodOptional<ReturnType<typeof wholeNumber>>>,
);

const tenancy = z.discriminatedUnion("manage", [
  z.strictObject({
    manage: z.literal(false).optional().describe("Project, user and roles exist already. The default."),
  }),
  z.strictObject({
    manage: z.literal(true).describe("A second stack, `<name>-tenancy`, makes them; a cloud admin applies it once."),
    adminCloud: cloudName.describe("Entry of clouds.yaml with the cloud admin's credentials."),
    project: cloudName.optional().describe("Project that owns the cluster. Default: the cluster's name."),
    user: cloudName.optional().describe("Service account that owns the resources. Default: `<name>-kaas`."),
    roles: z
      .array(cloudName)
      .min(1)
      .optional()
      .describe(
        "Roles of the service account in the project; they must exist. " +
          "Default: `member`, and `load-balancer_member` where there is Octavia.",
      ),
    quotas: quotas
      .prefault({})
      .describe("Quotas of the project; -1: no limit. Default: what the cluster's size needs, with room to grow."),
  }),
]);

export const openStackProviderSchema = z.strictObject({
  type: z.literal("openstack").describe("OpenStack."),
  distribution: z
    .enum(["rpco", "rhosp"])
    .default("rpco")
    .describe(
      "`rpco`: OpenStack as upstream ships it, with Designate, Octavia and Swift. `rhosp`: Red Hat OpenStack " +
        "Platform, usually with a CA of its own, without Designate and Octavia, with Ceph RGW for objects.",
    ),
  cloud: cloudName.describe("Entry of your clouds.yaml with the service account's credentials."),
  region: cloudName.optional().describe("Region. Default: the one of the clouds.yaml entry."),
  externalNetwork: cloudName.describe("Network that floating IPs come from."),
  image: cloudName.default("flatcar-stable").describe("Glance image of the nodes: Flatcar Container Linux."),
  availabilityZones: z
    .array(cloudName)
    .default([])
    .describe("Nova availability zones over which the nodes of a role are spread. Default: the scheduler's choice."),
  antiAffinity: z
    .enum(["soft", "hard"])
    .default("soft")
    .describe("Whether two nodes of a role may share a host when there is no other; `hard` needs enough hosts."),
  caCertificate: z
    .strictObject({ file: z.string().min(1).describe("PEM file, relative to bootstrap.yaml.") })
    .optional()
    .describe("CA of the cloud's own APIs, when it is not a public one. A certificate is no secret."),
  octavia: z.boolean().optional().describe("Whether the cloud runs Octavia. Default: true on rpco, false on rhosp."),
  objectStorage: z
    .enum(["swift", "rgw", "none"])
    .optional()
    .describe("Object storage for backups and the registry. Default: `swift` on rpco, `rgw` on rhosp."),
  dns: dns.prefault({}).describe("Names of the cluster's hosts in Designate."),
  api: apiTopology,
  tenancy: tenancy.prefault({ manage: false }).describe("Who makes the project, its service account and its quotas."),
});
