import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { putAt, type JsonDocument } from "../support/aws-document.js";
import { AwsProject } from "../support/aws-project.js";
import { startS3Store, type StateStore } from "../support/state-stores.js";

describe("a cluster with the longest names that bootstrap.yaml takes", () => {
  const LONGEST_CLUSTER = "c".repeat(20);
  const LONGEST_GROUP = "w".repeat(15);
  let store: StateStore;
  let project: AwsProject;

  beforeAll(async () => {
    store = await startS3Store();
    project = new AwsProject("production-eks", store, LONGEST_CLUSTER);
    project.edit((document) => {
      Object.assign(document["provider"] as object, {
        region: "ap-southeast-2",
        availabilityZones: ["ap-southeast-2a", "ap-southeast-2b"],
      });
      (document["workers"] as object[]).push({ name: LONGEST_GROUP, count: 1 });
    });
    project.keep();
  });
  afterAll(async () => {
    project.discard();
    await store.stop();
  });

  it.each([
    [
      "cluster",
      (document: JsonDocument) => {
        putAt(document, "cluster/name", `${LONGEST_CLUSTER}c`);
      },
    ],
    [
      "node group",
      (document: JsonDocument) => {
        putAt(document, "workers/2/name", `${LONGEST_GROUP}w`);
      },
    ],
  ])("has the longest name of a %s: one character more is refused", (_what, change) => {
    expect(project.config.name).toBe(LONGEST_CLUSTER);
    project.edit(change);
    try {
      expect(() => project.config).toThrow(/at most \d+ lower-case letters/);
    } finally {
      project.restore();
    }
  });

  it("gives everything a name that AWS takes", async () => {
    await project.synth();
    const { terraform } = project.cluster;
    await terraform.init();
    await terraform.apply();
    const groups = (await terraform.state()).filter(({ type }) => type === "aws_eks_node_group");
    expect(groups.map(({ values }) => values["node_group_name_prefix"])).toContain(
      `${LONGEST_CLUSTER}-${LONGEST_GROUP}-`,
    );
  });
});
