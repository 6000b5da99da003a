import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { putAt } from "../support/aws-document.js";
import { AWS_LIMITS, sizesOf } from "../support/aws-limits.js";
import { AwsProject } from "../support/aws-project.js";
import { startS3Store, type StateStore } from "../support/state-stores.js";
import { changesOf } from "../support/terraform.js";

interface NodeGroup {
  name?: string;
  [field: string]: unknown;
}

const nodeGroups = (document: Record<string, unknown>) => document["workers"] as NodeGroup[];

/** The group that the tests change: in production the managed services need the other one as it is. */
const lastGroup = (document: Record<string, unknown>): NodeGroup => nodeGroups(document).at(-1) ?? {};

/** Terraform's words for what it makes anew, and in which order. */
const CREATE_THEN_DELETE = "create+delete";

const REPLACING: Readonly<Record<string, (group: NodeGroup) => NodeGroup>> = {
  "instance types": ({ name }) => ({ instanceTypes: [name === "spot" ? "c7g.4xlarge" : "c7i.4xlarge"] }),
  capacity: ({ capacity }) => ({ capacity: capacity === "spot" ? "on-demand" : "spot" }),
  "operating system": ({ ami }) => ({ ami: ami === "bottlerocket" ? "al2023" : "bottlerocket" }),
};

describe.each(["demo-eks", "production-eks"])("%s, on the schemas of the AWS provider", (name) => {
  const group = name === "demo-eks" ? "default" : "spot";
  const nodeGroup = `aws_eks_node_group.nodes_group_${group}`;
  const launchTemplate = `aws_launch_template.nodes_group_${group}_template`;
  let store: StateStore;
  let project: AwsProject;

  beforeAll(async () => {
    store = await startS3Store();
    project = new AwsProject(name, store);
    project.edit((document) => {
      document["cluster"] = { ...(document["cluster"] as object), kubernetes: "1.35.4" };
    });
    project.keep();
    await project.synth();
    await project.cluster.terraform.init();
    await project.identity.terraform.init();
  });
  afterAll(async () => {
    project.discard();
    await store.stop();
  });

  it("both stacks are valid, without a warning", async () => {
    expect(await project.cluster.validate()).toEqual([]);
    expect(await project.identity.validate()).toEqual([]);
  });

  it("the first plan creates everything that was synthesized, and does nothing else", async () => {
    const changes = changesOf(await project.cluster.terraform.plan());
    expect(Object.keys(changes).sort()).toEqual([...addressesOf(project.cluster.document)].sort());
    expect(new Set(Object.values(changes))).toEqual(new Set(["create"]));
  });

  it("apply makes it, the state is in S3, and a second plan changes nothing", async () => {
    await project.cluster.terraform.apply();
    expect(await store.read(name)).toContain("aws_eks_cluster");
    const plan = await project.cluster.terraform.plan();
    expect(changesOf(plan)).toEqual({});
    expect(Object.values(plan.output_changes ?? {}).filter(({ actions }) => actions.join() !== "no-op")).toEqual([]);
  });

  it("every resource that can be tagged bears the cluster's name", async () => {
    const tagged = (await project.cluster.terraform.state()).filter(({ values }) => "tags_all" in values);
    expect(tagged.length).toBeGreaterThan(30);
    for (const { address, values } of tagged) {
      expect([address, values["tags_all"]]).toEqual([address, expect.objectContaining({ "kaas.cluster": name })]);
    }
  });

  it.each(AWS_LIMITS)("no $what is larger than AWS takes it", async (limit) => {
    const sizes = sizesOf(limit, await project.cluster.terraform.state());
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.filter(([, size]) => size === 0 || size > limit.limit)).toEqual([]);
  });

  it("the second stack comes after the first, makes one thing, and changes nothing the second time", async () => {
    const { terraform } = project.identity;
    expect(Object.values(changesOf(await terraform.plan()))).toEqual(["create"]);
    await terraform.apply();
    expect(changesOf(await terraform.plan())).toEqual({});
  });

  it("another version of Kubernetes changes control plane, add-ons and node groups in place", async () => {
    const changes = await project.planWith((document) => {
      document["cluster"] = { ...(document["cluster"] as object), kubernetes: "1.36.3" };
    });
    expect(changes).toMatchObject({ "aws_eks_cluster.control-plane": "update" });
    expect(new Set(Object.keys(changes).map(typeOf))).toEqual(
      new Set(["aws_eks_cluster", "aws_eks_addon", "aws_eks_node_group"]),
    );
    expect(new Set(Object.values(changes))).toEqual(new Set(["update"]));
  });

  it("a new node group comes with its launch template, and touches nothing else", async () => {
    const changes = await project.planWith((document) => {
      nodeGroups(document).push({ name: "late", count: 2 });
    });
    expect(changes).toEqual({
      "aws_eks_node_group.nodes_group_late": "create",
      "aws_launch_template.nodes_group_late_template": "create",
    });
  });

  it("a desired count that the autoscaler changed is left as it is", async () => {
    await project.cluster.changeOutside(({ resources }) => {
      const changed = resources.filter(({ type }) => type === "aws_eks_node_group");
      for (const { attributes } of changed.flatMap(({ instances }) => instances)) {
        putAt(attributes, "scaling_config/0/desired_size", 4);
      }
    });
    const state = await project.cluster.terraform.state();
    expect(JSON.stringify(state.filter(({ type }) => type === "aws_eks_node_group"))).toContain('"desired_size":4');
    expect(await project.planWith(() => undefined)).toEqual({});
  });

  it("bounds of the autoscaler change in place", async () => {
    const changes = await project.planWith((document) => Object.assign(lastGroup(document), { maxCount: 12 }));
    expect(changes).toEqual({ [nodeGroup]: "update" });
  });

  it.each([
    ["labels", { labels: { tier: "web" } }],
    ["disk size", { diskGiB: 120 }],
  ])("another value of %s changes one group and its launch template in place", async (_what, fields) => {
    const changes = await project.planWith((document) => Object.assign(lastGroup(document), fields));
    expect(changes).toEqual({ [nodeGroup]: "update", [launchTemplate]: "update" });
  });

  it.each(Object.entries(REPLACING))(
    "another value of %s makes one group anew, before the old one goes",
    async (_what, fields) => {
      const changes = await project.planWith((document) => {
        Object.assign(lastGroup(document), fields(lastGroup(document)));
      });
      const { [launchTemplate]: template = "update", ...others } = changes;
      expect(template).toBe("update");
      expect(others).toEqual({ [nodeGroup]: CREATE_THEN_DELETE });
    },
  );

  it("destroy leaves an empty state of both stacks", async () => {
    await project.identity.terraform.destroy();
    await project.cluster.terraform.destroy();
    expect(await project.cluster.terraform.state()).toEqual([]);
    expect(JSON.parse((await store.read(name)) ?? "")).toMatchObject({ resources: [] });
    expect(JSON.parse((await store.read(`${name}-identity`)) ?? "")).toMatchObject({ resources: [] });
  });
});

function typeOf(address: string): string {
  return address.split(".")[0] ?? "";
}

/** Addresses of the managed resources of a cdk.tf.json. */
function addressesOf(document: Record<string, unknown>): readonly string[] {
  return Object.entries(document["resource"] as Record<string, object>).flatMap(([type, resources]) =>
    Object.keys(resources).map((id) => `${type}.${id}`),
  );
}
