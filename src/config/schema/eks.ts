import { z } from "zod";
import { EKS_ADDONS, type EksAddon } from "../../versions/eks-addons.js";
import { clusterDns } from "./dns.js";
import { cidr, cidrList, text, wholeNumber } from "./primitives.js";
import { poolName, schedulingFields } from "./nodes.js";

const pattern = (regex: RegExp, expected: string, remedy: string) =>
  text((value) => regex.test(value), { expected, remedy });

// Services have other names in China, in policies too.
const region = pattern(
  /^(?!cn-)[a-z]{2}(-[a-z]+)+-\d$/,
  "an AWS region, outside of China",
  "write it like eu-central-1",
);
const zone = pattern(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, "an availability zone", "write it like eu-central-1a");
const roleArn = pattern(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  "the ARN of an IAM role",
  "write it like arn:aws:iam::123456789012:role/platform-admins",
);
const instanceType = pattern(
  /^(?!mac)[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
  "an EC2 instance type, and none of the Macs, which EKS does not take",
  "write it like m7i.xlarge",
);
const amiId = pattern(/^ami-[0-9a-f]{8,17}$/, "the id of a machine image", "write it like ami-0123456789abcdef0");

const accountId = pattern(/^\d{12}$/, "an AWS account: 12 digits, in quotes", 'write it like "123456789012"');
const repository = pattern(
  /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
  "a repository of ECR: lower-case letters, digits, . _ - and /",
  "write it like platform/kubernetes-auth",
);
const addonVersion = pattern(
  /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
  "the version of an EKS add-on",
  "copy it from `aws eks describe-addon-versions`, like v1.20.4-eksbuild.2",
);
const amiRelease = pattern(
  /^\d+\.\d+\.\d+-[0-9a-f]{8}$/,
  "a release of the image",
  "write it like 1.36.3-20261101 (al2023) or 1.52.0-0a1b2c3d (bottlerocket)",
);

/** Days that CloudWatch can keep logs for. Source: docs.aws.amazon.com/AmazonCloudWatchLogs API_PutRetentionPolicy */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export const eksProviderSchema = z.strictObject({
  type: z.literal("eks").describe("Amazon EKS."),
  region: region.describe("AWS region."),
  accountId: accountId
    .optional()
    .describe(
      "Account that the cluster belongs to, in quotes: Terraform refuses to work in another one. Default: any.",
    ),
  availabilityZones: z
    .array(zone)
    .describe(
      "Two or three zones of the region; each gets subnets of its own, whose addresses follow from its letter.",
    ),
  vpcCidr: cidr
    .default("10.0.0.0/16")
    .describe("Network of the cluster's VPC; pods take addresses of it. A zone's nodes get an eighth."),
  endpoint: z
    .strictObject({
      public: z.boolean().default(false).describe("Whether the API answers outside the VPC. Default: private only."),
      allowedCidrs: cidrList.default([]).describe("Who may reach the public endpoint."),
      connectedCidrs: cidrList
        .default([])
        .describe("Networks connected with the VPC (VPN, peering) that may reach the private endpoint. Default: none."),
    })
    .prefault({})
    .describe("Where the Kubernetes API answers."),
  nat: z
    .enum(["single", "per-zone", "none"])
    .default("per-zone")
    .describe("NAT gateways. `single` is cheaper and fails with its zone; `none` needs a registry mirror."),
  adminRoleArns: z
    .array(roleArn)
    .meta({
      hint: { expected: "a list of IAM roles", remedy: "write it like [arn:aws:iam::123456789012:role/admins]" },
    })
    .describe(
      "IAM roles that administer the cluster, as EKS access entries; at least one, since whoever creates it gets no right.",
    ),
  dns: clusterDns(
    "`zone`: a Route 53 zone of the cluster's own is created; `records`: records go into a public zone of the account; " +
      "`none`: names are yours to set. Default: `zone`.",
  )
    .prefault({})
    .describe("Names of the cluster's hosts in Route 53."),
  repositories: z
    .array(repository)
    .default([])
    .describe("Repositories to make in ECR, as `<cluster>/<repository>`. Default: none."),
  addons: z
    .strictObject(
      Object.fromEntries(
        EKS_ADDONS.map((addon) => [addon, addonVersion.optional().describe(`Version of ${addon}.`)]),
      ) as Record<EksAddon, z.ZodOptional<typeof addonVersion>>,
    )
    .prefault({})
    .describe(
      "Versions of EKS add-ons to hold. Default: the catalogue's, else Amazon's default for the Kubernetes version.",
    ),
  logRetentionDays: z
    .number()
    .refine((days) => RETENTION_DAYS.includes(days), {
      params: { expected: `one of ${RETENTION_DAYS.join(", ")}`, remedy: "take the next larger one" },
    })
    .meta({ hint: { expected: `one of ${RETENTION_DAYS.join(", ")}`, remedy: "take the next larger one" } })
    .default(365)
    .describe("Days that CloudWatch keeps the control plane's logs and those of the VPC's traffic."),
});

export const nodeGroup = z.strictObject({
  name: poolName.default("default").describe("Name of the group, one of its own in the cluster."),
  instanceTypes: z.array(instanceType).min(1).default(["m7i.xlarge"]).describe("Offered types, first choice first."),
  capacity: z
    .enum(["on-demand", "spot"])
    .default("on-demand")
    .describe("`spot` is cheaper, and Amazon may take a node back at two minutes' notice."),
  count: wholeNumber(0, 450, "nodes").default(3).describe("Nodes wanted at first. 450: EKS's limit a node group."),
  minCount: wholeNumber(0, 450, "nodes").optional().describe("Lower bound of the autoscaler. Default: `count`."),
  maxCount: wholeNumber(1, 450, "nodes").optional().describe("Upper bound of the autoscaler. Default: `count`."),
  ami: z
    .union([
      z.enum(["al2023", "bottlerocket"]),
      z.strictObject({ id: amiId.describe("An image of yours, for the cluster's Kubernetes version.") }),
    ])
    .meta({
      hint: {
        expected: "al2023, bottlerocket, or {id: ami-…}",
        remedy: "choose an operating system that EKS maintains, or name an image of yours",
      },
    })
    .default("al2023")
    .describe("Machine image: an operating system that EKS maintains, or one of yours by its id."),
  amiRelease: amiRelease
    .optional()
    .describe(
      "Release of the image to hold; another one replaces the nodes in turn. Default: Amazon's recommended one when the " +
        "group is made, and no other later.",
    ),
  maxUnavailablePercent: wholeNumber(1, 100, "percent")
    .default(25)
    .describe("How much of the group an update may replace at once, at least one node."),
  diskGiB: wholeNumber(20, 16384, "GiB").default(40).describe("Root disk of a node."),
  ...schedulingFields,
});

export const nodeGroupsSchema = z.array(nodeGroup).default(() => [nodeGroup.parse({})]);
