import type { StateResource } from "./terraform.js";

type Values = Readonly<Record<string, unknown>>;

interface Limit {
  readonly what: string;
  readonly type: string;
  /** The attribute that names what the limit is of. */
  readonly by: string;
  readonly size: (values: Values) => number;
  readonly limit: number;
}

/** Quotas that a design runs into, of the services' references; sums over the resources that `by` names. */
export const AWS_LIMITS: readonly Limit[] = [
  {
    what: "sum of a role's policies",
    type: "aws_iam_role_policy",
    by: "role",
    size: ({ policy }) => compact(policy).length,
    limit: 10_240,
  },
  {
    what: "trust policy",
    type: "aws_iam_role",
    by: "name",
    size: ({ assume_role_policy: trust }) => compact(trust).length,
    limit: 2048,
  },
  {
    what: "user-data",
    type: "aws_launch_template",
    by: "id",
    size: ({ user_data: data }) => Buffer.from(String(data), "base64").length,
    limit: 16_384,
  },
  ...["ingress", "egress"].map((direction) => ({
    what: `number of ${direction} rules`,
    type: `aws_vpc_security_group_${direction}_rule`,
    by: "security_group_id",
    size: () => 1,
    limit: 50,
  })),
];

/** Sizes by what the limit is of: the sum of a role's policies, the number of a group's rules. */
export function sizesOf(
  { type, by, size }: Limit,
  resources: readonly StateResource[],
): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { values } of resources.filter((resource) => resource.type === type)) {
    const key = String(values[by]);
    sums.set(key, (sums.get(key) ?? 0) + size(values));
  }
  return [...sums];
}

/** As IAM counts them: without white space. */
function compact(policy: unknown): string {
  return JSON.stringify(JSON.parse(String(policy)));
}
