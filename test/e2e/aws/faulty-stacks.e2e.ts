import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { putAt, removeAt, type JsonDocument } from "../support/aws-document.js";
import { AwsProject } from "../support/aws-project.js";
import { startS3Store, type StateStore } from "../support/state-stores.js";

/** One mistake in an otherwise sound stack, and what Terraform must say of it. */
interface Fault {
  readonly change: (document: JsonDocument) => void;
  readonly says: RegExp;
}

const put = (path: string, value: unknown, says: RegExp): Fault => ({
  change: (document) => {
    putAt(document, path, value);
  },
  says,
});
const without = (path: string, says: RegExp): Fault => ({
  change: (document) => {
    removeAt(document, path);
  },
  says,
});

const CLUSTER = "resource/aws_eks_cluster/*";
const GROUP = "resource/aws_eks_node_group/*";
const TEMPLATE = "resource/aws_launch_template/*";

/** What Terraform's core finds by the schemas. */
const SCHEMA_FAULTS: Readonly<Record<string, Fault>> = {
  "an unknown argument": put(`${CLUSTER}/rol_arn`, "x", /Extraneous JSON object property.*rol_arn/),
  "an unknown argument of a block": put(
    `${CLUSTER}/vpc_config/subnets`,
    [],
    /Extraneous JSON object property.*subnets/,
  ),
  "an unknown block": put(`${CLUSTER}/acces_config`, [{}], /Extraneous JSON object property.*acces_config/),
  "an unknown resource type": put("resource/aws_eks_clusters", { x: {} }, /Invalid resource type.*aws_eks_clusters/),
  "an unknown data source": put("data/aws_eks_klaster", { x: {} }, /Invalid data source.*aws_eks_klaster/),
  "an unknown argument of the provider": put("provider/aws/0/regoin", "x", /Extraneous JSON object property.*regoin/),
  "no required argument": without(`${CLUSTER}/role_arn`, /Missing required argument.*role_arn/),
  "no required argument of a block": without(`${GROUP}/scaling_config/max_size`, /Missing required argument.*max_size/),
  "no required block": without(`${CLUSTER}/vpc_config`, /At least 1 "vpc_config" blocks are required/),
  "a block too many": put(`${CLUSTER}/upgrade_policy`, [{}, {}], /No more than 1 "upgrade_policy" blocks are allowed/),
  "text for a number": put(`${GROUP}/scaling_config/max_size`, "many", /a number is required/),
  "text for a truth": put(`${CLUSTER}/vpc_config/endpoint_private_access`, "maybe", /a bool is required/),
  "text for a set": put(`${GROUP}/subnet_ids`, "subnet-1", /set of string required/),
  "a list for text": put(`${CLUSTER}/name`, ["c"], /string required/),
  "a reference to an unknown attribute": put("output/x", { value: "${aws_vpc.vpc.arm}" }, /no argument.*named "arm"/),
  "a reference to nothing": put("output/x", { value: "${aws_vpc.w.id}" }, /Reference to undeclared resource/),
};

/** What the provider itself refuses. */
const VALUE_FAULTS: Readonly<Record<string, Fault>> = {
  "null for a required argument": put(`${CLUSTER}/role_arn`, "${null}", /role_arn is required, but its value is null/),
  "a value for what AWS decides": put(`${CLUSTER}/endpoint`, "https://x", /endpoint is read-only/),
  "a type of log that EKS has not": put(
    `${CLUSTER}/enabled_cluster_log_types`,
    ["kubelet"],
    /one of api, audit.*"kubelet"/,
  ),
  "an unknown way to authenticate": put(
    `${CLUSTER}/access_config/authentication_mode`,
    "IAM",
    /API_AND_CONFIG_MAP.*"IAM"/,
  ),
  "an unknown support": put(`${CLUSTER}/upgrade_policy/support_type`, "LONG", /STANDARD, EXTENDED.*"LONG"/),
  "encryption of what EKS does not encrypt": put(`${CLUSTER}/encryption_config/resources`, ["pods"], /secrets.*"pods"/),
  "a patch version of Kubernetes": put(`${CLUSTER}/version`, "1.36.3", /a minor version.*"1\.36\.3"/),
  "a name instead of an ARN": put(`${CLUSTER}/role_arn`, "demo-role", /must be an ARN.*"demo-role"/),
  "an unknown capacity": put(`${GROUP}/capacity_type`, "spot", /ON_DEMAND, SPOT.*"spot"/),
  "an unknown image": put(`${GROUP}/ami_type`, "AL2023", /AL2023_x86_64_STANDARD.*"AL2023"/),
  "Kubernetes' name of a taint's effect": put(
    `${GROUP}/taint`,
    [{ key: "a", value: "b", effect: "NoSchedule" }],
    /NO_SCHEDULE.*"NoSchedule"/,
  ),
  "a share of nothing": put(`${GROUP}/update_config/max_unavailable_percentage`, 0, /from 1 to 100, not "0"/),
  "a name beside a prefix": put(`${GROUP}/node_group_name`, "x", /only one of them can be set, and 2 are/),
  "an unknown type of volume": put(`${TEMPLATE}/block_device_mappings/0/ebs/volume_type`, "gp4", /gp2, gp3.*"gp4"/),
  "tokens neither optional nor required": put(
    `${TEMPLATE}/metadata_options/http_tokens`,
    "on",
    /optional, required.*"on"/,
  ),
  "more hops than there are": put(`${TEMPLATE}/metadata_options/http_put_response_hop_limit`, 65, /from 1 to 64/),
  "host bits in a network": put("resource/aws_vpc/*/cidr_block", "10.0.0.1/16", /a network address in CIDR form/),
  "a network that no subnet has": put("resource/aws_subnet/*/cidr_block", "10.0.0.0/8", /a network of length 16 to 28/),
  "a rule from nowhere": put(
    "resource/aws_vpc_security_group_ingress_rule/*",
    { security_group_id: "sg-1", ip_protocol: "tcp" },
    /only one of them can be set, and 0 are/,
  ),
  "a rule from two places": put(
    "resource/aws_vpc_security_group_ingress_rule/*",
    { security_group_id: "sg-1", ip_protocol: "tcp", cidr_ipv4: "10.0.0.0/8", referenced_security_group_id: "sg-2" },
    /only one of them can be set, and 2 are/,
  ),
  "an unknown protocol": put("resource/aws_vpc_security_group_ingress_rule/*/ip_protocol", "tpc", /tcp, udp.*"tpc"/),
  "a description that EC2 does not take": put(
    "resource/aws_vpc_security_group_ingress_rule/*/description",
    "the cluster's nodes",
    /at most 255 characters.*"the cluster's nodes"/,
  ),
  "two targets of a route": put(
    "resource/aws_route/*",
    { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-1", nat_gateway_id: "nat-1" },
    /only one of them can be set, and 2 are/,
  ),
  "days that CloudWatch has not": put("resource/aws_cloudwatch_log_group/*/retention_in_days", 10, /1, 3, 5.*"10"/),
  "an unknown kind of traffic": put("resource/aws_flow_log/*/traffic_type", "SOME", /ACCEPT, REJECT, ALL.*"SOME"/),
  "a policy that is no JSON": put("resource/aws_iam_role/*/assume_role_policy", "{", /must be a JSON object/),
  "a role's name that is too long": put("resource/aws_iam_role/*/name", "r".repeat(65), /at most 64 characters/),
  "a tag of Amazon's own": put("resource/aws_vpc/*/tags", { "aws:name": "x" }, /aws: is Amazon's own/),
  "a tag's value that no service takes": put("resource/aws_vpc/*/tags", { Name: "a, b" }, /the value "a, b"/),
  "a bucket with capitals": put("resource/aws_s3_bucket/*/bucket", "Demo", /characters of a-z0-9.*"Demo"/),
  "an unknown cipher of a bucket": put(
    "resource/aws_s3_bucket_server_side_encryption_configuration/*/rule/0/apply_server_side_encryption_by_default/sse_algorithm",
    "kms",
    /AES256, aws:kms.*"kms"/,
  ),
  "tags that are neither fixed nor free": put(
    "resource/aws_ecr_repository/*/image_tag_mutability",
    "NO",
    /IMMUTABLE.*"NO"/,
  ),
};

describe("of a stack for EKS, Terraform refuses", () => {
  let store: StateStore;
  let project: AwsProject;
  let sound: string;

  beforeAll(async () => {
    store = await startS3Store();
    project = new AwsProject("production-eks", store);
    await project.synth();
    await project.cluster.terraform.init();
    sound = JSON.stringify(project.cluster.document);
  });
  afterAll(async () => {
    project.discard();
    await store.stop();
  });

  it("nothing, as long as nobody changed it", async () => {
    expect(await project.cluster.validate()).toEqual([]);
  });

  it.each(Object.entries({ ...SCHEMA_FAULTS, ...VALUE_FAULTS }))("%s", async (_fault, { change, says }) => {
    const document = JSON.parse(sound) as JsonDocument;
    change(document);
    project.cluster.write(document);
    const messages = (await project.cluster.validate()).map(({ severity, summary, detail }) =>
      `${severity}: ${summary}: ${detail}`.replaceAll(/\s+/g, " "),
    );
    expect(messages).toEqual([expect.stringMatching(says)]);
  });
});
