import { describe, expect, it } from "@jest/globals";
import { policyDocument, type Statement } from "../../../src/eks/policies/policy-document.js";
import { demo, other, resourcePolicies, rolePolicies, trustPolicies, type ClusterParts } from "./support/documents.js";
import { isWriting } from "./support/statements.js";

/** Characters, white space apart. Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas */
const LIMITS = { managed: 6144, inline: 10240, trust: 2048, key: 32768, bucket: 20480 };

/** What AWS can narrow to no resource, and why the cluster needs it all the same. */
const UNSCOPED: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^ec2:Describe\w+$/, "EC2 describes everything of a region or nothing"],
  [/^elasticloadbalancing:Describe\w+$/, "so does Elastic Load Balancing"],
  [/^autoscaling:Describe\w+$/, "and so does Auto Scaling"],
  [/^acm:ListCertificates$/, "a certificate is found by its host names, in the list of all"],
  [/^ec2:GetInstanceTypesFromInstanceRequirements$/, "a question about instance types, which are nobody's"],
  [/^logs:DescribeLogGroups$/, "a list of groups; what is in them is not told"],
];

/** What one cluster may do as well as the next, and why no narrower rule is to be had. */
const OF_NO_CLUSTER: Readonly<Record<string, string>> = {
  "load-balancer-controller/CreateServiceRole": "the account's own role, which AWS makes and fills",
  "load-balancer-controller/OrderRules": "AWS reads no tags for it; reordering is all that it allows",
};

const roles = (parts: ClusterParts) => Object.entries(rolePolicies(parts));
const everything = (parts: ClusterParts) => [
  ...roles(parts),
  ...Object.entries(trustPolicies(parts)),
  ...Object.entries(resourcePolicies(parts)),
];
const size = (statements: readonly Statement[]) => policyDocument(statements).length;

describe.each(everything(demo))("the policy of %s", (name, statements) => {
  it("allows no action by a wildcard, save the account to itself with the control plane's key", () => {
    const allowed = statements.filter(({ effect = "Allow" }) => effect === "Allow");
    const wild = allowed.flatMap(({ actions }) => actions).filter((action) => action.includes("*"));
    expect(wild).toEqual(name === "control-plane-key" ? ["kms:*"] : []);
  });

  it("says of each statement what it is for, in a name of its own", () => {
    const names = statements.map(({ sid }) => sid);
    expect(names.filter((sid) => !/^[A-Z][A-Za-z0-9]+$/.test(sid))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("names no action twice in a statement, and is in order, so that a change is seen", () => {
    for (const { actions } of statements) expect(actions).toEqual([...new Set(actions)].sort());
  });

  it("holds no variable of IAM's: Terraform would take it for one of its own", () => {
    expect(policyDocument(statements)).not.toMatch(/[$%]\{/);
  });
});

describe.each(roles(demo))("the role of %s", (name, statements) => {
  it("may do on every resource only what AWS cannot narrow, and only look", () => {
    const wide = statements.filter(({ resources = [] }) => resources.includes("*"));
    expect(wide.filter(isWriting)).toEqual([]);
    const actions = wide.flatMap((statement) => statement.actions);
    expect(actions.filter((action) => !UNSCOPED.some(([pattern]) => pattern.test(action)))).toEqual([]);
  });

  it("may change nothing that another cluster of the account may change as well", () => {
    const others = new Set((rolePolicies(other)[name] ?? []).map((statement) => JSON.stringify(statement)));
    const shared = statements.filter((statement) => isWriting(statement) && others.has(JSON.stringify(statement)));
    expect(shared.map(({ sid }) => `${name}/${sid}`).filter((place) => !(place in OF_NO_CLUSTER))).toEqual([]);
  });

  it("is told its resources by ARNs of this account and region, where they have them", () => {
    const arns = statements.flatMap(({ resources = [] }) => resources).filter((resource) => resource !== "*");
    const { region, accountId } = demo.facts;
    const foreign = arns.filter((arn) => {
      const [, partition, service, place, account] = arn.split(":");
      const placed = service === "s3" || service === "iam" ? place === "" : place === region;
      // Buckets have no account in their names, nor have snapshots.
      const owned = service === "s3" || arn.includes(":snapshot/") ? account === "" : account === accountId;
      return partition !== "aws" || !placed || !owned;
    });
    expect(foreign).toEqual([]);
  });

  it("is given to nobody by its own policy", () => {
    expect(statements.filter(({ principals }) => principals !== undefined)).toEqual([]);
    expect(
      statements
        .flatMap(({ actions }) => actions)
        .filter((action) => /^(sts:|iam:(?!CreateServiceLinkedRole))/.test(action)),
    ).toEqual([]);
  });

  it("fits a role, beside what users may add", () => {
    expect(size(statements)).toBeLessThan(LIMITS.inline);
  });
});

describe("sizes", () => {
  // EKS' own limit of a cluster's name; ours is shorter.
  const facts = { ...demo.facts, partition: "aws-us-gov", region: "ap-southeast-3", clusterName: "c".repeat(100) };
  const long: ClusterParts = { ...demo, facts };

  it.each(Object.entries(trustPolicies(long)))(
    "let IAM take the trust policy of %s, however long the names",
    (_, trust) => {
      expect(size(trust)).toBeLessThan(LIMITS.trust);
    },
  );

  it.each(roles(long))("let IAM take the policy of %s in a role, however long the names", (_, statements) => {
    expect(size(statements)).toBeLessThan(LIMITS.inline);
  });

  it.each(roles(long).filter(([name]) => name !== "load-balancer-controller"))(
    "let IAM take the policy of %s as one of its own, however long the names",
    (_, statements) => {
      expect(size(statements)).toBeLessThan(LIMITS.managed);
    },
  );

  it("let KMS and S3 take theirs", () => {
    const { bucket = [], ...keys } = resourcePolicies(long);
    expect(size(bucket)).toBeLessThan(LIMITS.bucket);
    for (const key of Object.values(keys)) expect(size(key)).toBeLessThan(LIMITS.key);
  });
});
describe("what only Terraform knows", () => {
  const token = (number: number) => `\${TfToken[TOKEN.${number}]}`;
  const parts: ClusterParts = {
    facts: { partition: token(1), region: token(2), accountId: token(3), clusterName: "demo" },
    vpcArn: token(4),
    controlPlaneKeyArn: token(5),
    dataKeyArn: token(6),
    veleroBucketArn: token(7),
    registryBucketArn: token(8),
    logGroupArn: token(9),
  };

  it.each(
    everything(parts).map(([name, statements], index) => [name, statements, everything(demo)[index]?.[1]] as const),
  )("stands in the policy of %s as Terraform wrote it", (_, statements, expected) => {
    const { facts } = demo;
    const values = [facts.partition, facts.region, facts.accountId, demo.vpcArn, demo.controlPlaneKeyArn];
    const known = [...values, demo.dataKeyArn, demo.veleroBucketArn, demo.registryBucketArn, demo.logGroupArn];
    const rendered = known.reduce(
      (text, value, index) => text.replaceAll(token(index + 1), value),
      policyDocument(statements),
    );
    expect(rendered).toBe(policyDocument(expected ?? []));
  });
});
