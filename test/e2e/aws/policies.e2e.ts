import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { awsIdentities } from "../../../src/config/aws-identities.js";
import type { Statement } from "../../../src/eks/policies/policy-document.js";
import {
  ACCOUNT,
  demo,
  other,
  REGION,
  resourcePolicies,
  rolePolicies,
  trustPolicies,
} from "../../eks/policies/support/documents.js";
import { IamSimulator, type IamRequest } from "../support/iam-simulator.js";
import { neverAllowed, type Call, type ServiceCalls } from "./policies/calls.js";
import { clusterAutoscalerCalls } from "./policies/cluster-autoscaler.js";
import { controlPlaneCalls, flowLogsCalls } from "./policies/aws-services.js";
import { ebsCsiCalls } from "./policies/ebs-csi.js";
import { dataKeyCalls, logsKeyCalls, type KeyCall } from "./policies/keys.js";
import { loadBalancerControllerCalls } from "./policies/load-balancer-controller.js";
import { withoutConditions, withoutStatements } from "./policies/reduced.js";
import { registryCalls } from "./policies/registry.js";
import { veleroCalls } from "./policies/velero.js";

const SERVICES: readonly (readonly [string, ServiceCalls])[] = [
  ["ebs-csi", ebsCsiCalls],
  ["load-balancer-controller", loadBalancerControllerCalls],
  ["cluster-autoscaler", clusterAutoscalerCalls],
  ["velero", veleroCalls],
  ["registry", registryCalls],
  ["control-plane", controlPlaneCalls],
  ["flow-logs", flowLogsCalls],
];
const keys = resourcePolicies(demo);

let iam: IamSimulator;
beforeAll(() => {
  const folder = process.env["KAAS_IAM_SIMULATE"];
  if (folder === undefined) throw new Error("KAAS_IAM_SIMULATE is not set: source the env.sh that setup.sh wrote");
  iam = new IamSimulator(folder);
});
afterAll(() => {
  iam.stop();
});

/** A role of the cluster, and what it may do. */
interface Actor {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** What keys say of who may use them, by their ARNs. */
  readonly keyPolicies: Readonly<Record<string, readonly Statement[]>>;
}

const DEMO_KEYS = {
  [demo.controlPlaneKeyArn]: keys["control-plane-key"] ?? [],
  [demo.dataKeyArn]: keys["data-key"] ?? [],
};
/** As if keys left it all to IAM: what a role's own policy refuses, no key has to. */
const leftToIam: readonly Statement[] = [
  { sid: "Account", principals: { AWS: [`arn:aws:iam::${ACCOUNT}:root`] }, actions: ["kms:*"], resources: ["*"] },
];
const OPEN_KEYS = Object.fromEntries(
  [demo, other].flatMap(({ controlPlaneKeyArn, dataKeyArn }) => [
    [controlPlaneKeyArn, leftToIam],
    [dataKeyArn, leftToIam],
  ]),
);

/** Whether the role may do it, on all that the call touches. */
async function mayDo({ name, statements, keyPolicies }: Actor, { action, on }: Call): Promise<boolean> {
  for (const target of on) {
    const bucketPolicy = target.resource.startsWith(demo.veleroBucketArn) ? keys["bucket"] : undefined;
    const resourcePolicy = keyPolicies[target.resource] ?? bucketPolicy;
    const allowed = await iam.allows({
      principal: `arn:aws:iam::${ACCOUNT}:role/demo-${name}`,
      accountId: ACCOUNT,
      action,
      identityPolicy: statements,
      ...target,
      ...(resourcePolicy !== undefined && { resourcePolicy }),
    });
    if (!allowed) return false;
  }
  return true;
}

const rows = (calls: readonly Call[]) => calls.map((call) => [call.purpose, call] as const);

describe.each(SERVICES)("the role of %s", (name, { allowed, refused }) => {
  const statements = rolePolicies(demo)[name] ?? [];
  const role: Actor = { name, statements, keyPolicies: DEMO_KEYS };
  const unguarded: Actor = { ...role, keyPolicies: OPEN_KEYS };
  const unwanted = [...refused, ...neverAllowed];

  it.each(rows(allowed))("may: %s", async (_, call) => {
    expect(await mayDo(role, call)).toBe(true);
  });

  it.each(rows(unwanted))("may not, whatever a key says: %s", async (_, call) => {
    expect(await mayDo(unguarded, call)).toBe(false);
  });

  it("of another cluster may do none of it to this one", async () => {
    const foreign: Actor = { ...unguarded, statements: rolePolicies(other)[name] ?? [] };
    const onSomething = allowed.filter(({ on }) => on.some(({ resource }) => resource !== "*"));
    const still = await allOf(onSomething, (call) => mayDo(foreign, call));
    expect(still.map(({ action }) => action).filter((action) => !OF_NO_CLUSTER.has(action))).toEqual([]);
  });

  it("has no statement without which every call were still allowed", async () => {
    const spare = await allOf(withoutStatements(statements), async (reduced) => {
      const failing = allOf(allowed, async (call) => !(await mayDo({ ...role, statements: reduced.statements }, call)));
      return (await failing).length === 0;
    });
    expect(spare.map(({ without }) => without)).toEqual([]);
  });

  it("has no condition without which every other call were still refused", async () => {
    const spare = await allOf(withoutConditions(statements), async (reduced) => {
      const done = allOf(unwanted, (call) => mayDo({ ...unguarded, statements: reduced.statements }, call));
      return (await done).length === 0;
    });
    expect(spare.map(({ without }) => without)).toEqual([]);
  });

  it("has no action that no call needs", () => {
    const called = new Set(allowed.map(({ action }) => action));
    expect(statements.flatMap(({ actions }) => actions).filter((action) => !called.has(action))).toEqual([]);
  });
});

/** What the rules of an account have alike for all its clusters; the unit tests say why. */
const OF_NO_CLUSTER = new Set([
  "acm:DescribeCertificate",
  "elasticloadbalancing:SetRulePriorities",
  "iam:CreateServiceLinkedRole",
]);

/** Those of which it holds, asked one after the other. */
async function allOf<T>(values: readonly T[], holds: (value: T) => Promise<boolean>): Promise<readonly T[]> {
  const found: T[] = [];
  for (const value of values) if (await holds(value)) found.push(value);
  return found;
}

describe("the names of actions", () => {
  const roles = Object.entries(rolePolicies(demo));
  const actions = [...roles, ...Object.entries(trustPolicies(demo)), ...Object.entries(keys)].flatMap(
    ([, statements]) => statements.flatMap((statement) => statement.actions),
  );

  it.each([...new Set(actions)].filter((action) => !action.endsWith(":*")))("are AWS' own: %s", async (action) => {
    expect((await iam.describe(action))?.name).toBe(action);
  });

  it.each(roles)(
    "stand for every resource only where AWS knows no narrower rule, and only to look: %s",
    async (_, statements) => {
      for (const { actions: wide } of statements.filter(({ resources = [] }) => resources.includes("*"))) {
        for (const action of wide) {
          expect(await iam.describe(action)).toMatchObject({
            isWildcardOnly: true,
            accessLevel: expect.stringMatching(/^(List|Read)/) as unknown,
          });
        }
      }
    },
  );

  it("are told from misspelt ones", async () => {
    expect(await iam.describe("ec2:DescribeVolume")).toBeUndefined();
    expect(await iam.describe("ec3:DescribeVolumes")).toBeUndefined();
  });
});

describe.each(Object.entries(awsIdentities))("the role of %s is taken", (service, { namespace, name }) => {
  const session = {
    "aws:SourceAccount": ACCOUNT,
    "aws:RequestTag/eks-cluster-arn": `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/demo`,
    "aws:RequestTag/eks-cluster-name": "demo",
    "aws:RequestTag/kubernetes-namespace": namespace,
    "aws:RequestTag/kubernetes-service-account": name,
    "aws:RequestTag/kubernetes-pod-name": `${name}-0`,
  };
  const isTaken = (changes: Partial<IamRequest> & { readonly session?: Readonly<Record<string, string>> } = {}) => {
    const { session: changed, ...request } = changes;
    return iam.allows({
      principal: "pods.eks.amazonaws.com",
      action: "sts:AssumeRole",
      resource: `arn:aws:iam::${ACCOUNT}:role/demo-${service}`,
      accountId: ACCOUNT,
      context: { ...session, ...changed },
      resourcePolicy: trustPolicies(demo)[service] ?? [],
      ...request,
    });
  };

  it.each(["sts:AssumeRole", "sts:TagSession"])("by its pods, with %s", async (action) => {
    expect(await isTaken({ action })).toBe(true);
  });

  it.each([
    ["namespace", "aws:RequestTag/kubernetes-namespace", "default"],
    ["service account", "aws:RequestTag/kubernetes-service-account", "default"],
    ["cluster", "aws:RequestTag/eks-cluster-name", "other"],
    [
      "region's cluster of the same name",
      "aws:RequestTag/eks-cluster-arn",
      `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/demo`,
    ],
    ["account", "aws:SourceAccount", "999988887777"],
  ])("by pods of no other %s", async (_, key, value) => {
    expect(await isTaken({ session: { [key]: value } })).toBe(false);
  });

  it("by no pod whose session has no tags", async () => {
    expect(await isTaken({ context: { "aws:SourceAccount": ACCOUNT } })).toBe(false);
  });

  it.each([
    "ec2.amazonaws.com",
    "eks.amazonaws.com",
    `arn:aws:iam::${ACCOUNT}:role/demo-nodes`,
    "arn:aws:iam::999988887777:root",
  ])("by nobody else, like %s", async (principal) => {
    expect(await isTaken({ principal })).toBe(false);
  });
});

describe("the role of the control plane", () => {
  const isTaken = (principal: string, account: string) =>
    iam.allows({
      principal,
      action: "sts:AssumeRole",
      resource: `arn:aws:iam::${ACCOUNT}:role/demo-control-plane`,
      accountId: ACCOUNT,
      context: { "aws:SourceAccount": account },
      resourcePolicy: trustPolicies(demo)["control-plane"] ?? [],
    });

  it("is taken by EKS for this account, and for no other, nor by another service", async () => {
    expect(await isTaken("eks.amazonaws.com", ACCOUNT)).toBe(true);
    expect(await isTaken("eks.amazonaws.com", "999988887777")).toBe(false);
    expect(await isTaken("ec2.amazonaws.com", ACCOUNT)).toBe(false);
  });
});

describe.each([
  ["the key of Secrets and logs", "control-plane-key", demo.controlPlaneKeyArn, logsKeyCalls],
  ["the key of the data", "data-key", demo.dataKeyArn, dataKeyCalls],
] as const)("%s", (_, policy, resource, { allowed, refused }) => {
  const statements = keys[policy] ?? [];
  const isUsed = (resourcePolicy: readonly Statement[], { by, action, context, iamAllows, unchecked }: KeyCall) =>
    iam.allows({
      principal: by,
      action,
      resource,
      accountId: ACCOUNT,
      context,
      resourcePolicy,
      ...(unchecked !== undefined && { unchecked }),
      ...(iamAllows && { identityPolicy: [{ sid: "Everything", actions: ["kms:*"], resources: ["*"] }] }),
    });

  it.each(allowed.map((call) => [call.purpose, call] as const))("lets %s", async (_, call) => {
    expect(await isUsed(statements, call)).toBe(true);
  });

  it.each(refused.map((call) => [call.purpose, call] as const))("does not let %s", async (_, call) => {
    expect(await isUsed(statements, call)).toBe(false);
  });

  it("has no statement without which everybody could still use it", async () => {
    const spare = await allOf(withoutStatements(statements), async (reduced) => {
      return (await allOf(allowed, async (call) => !(await isUsed(reduced.statements, call)))).length === 0;
    });
    expect(spare.map(({ without }) => without)).toEqual([]);
  });

  it("has no condition without which nobody else could use it", async () => {
    const spare = await allOf(withoutConditions(statements), async (reduced) => {
      return (await allOf(refused, (call) => isUsed(reduced.statements, call))).length === 0;
    });
    expect(spare.map(({ without }) => without)).toEqual([]);
  });
});
