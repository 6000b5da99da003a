import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { definitionsLock } from "../../charts/crds/lock.js";
import { SnapshotsChart } from "../../charts/snapshots/snapshots-chart.js";
import { imageOf } from "../../src/config/container-images.js";
import { openStack } from "../support/bootstraps.js";
import { find, type Manifest } from "./workload-manifests.js";

describe("the snapshot controller", () => {
  const config = openStack();
  const manifests = Testing.synth(new SnapshotsChart(Testing.app(), "snapshots", config)) as Manifest[];
  const deployment = find(manifests, "Deployment");
  const [container] = deployment.spec.template.spec.containers;

  it("is of the release that its definitions are of, and so is the driver's sidecar", () => {
    const { version } = definitionsLock["external-snapshotter"];
    for (const component of ["snapshot-controller", "csi-snapshotter"] as const) {
      expect(imageOf(component, config)).toMatch(new RegExp(`:v${version}(@|$)`));
    }
  });

  it("survives the loss of a node, with one pod at work at a time", () => {
    expect(deployment.spec.replicas).toBe(2);
    expect(container?.args).toContain("--leader-election=true");
    const lease = find(manifests, "Role");
    expect(lease.metadata.namespace).toBe(deployment.metadata.namespace);
  });

  it("reaches the API server, which it asks for everything", () => {
    const policies = manifests.filter(({ kind }) => kind === "NetworkPolicy").map(({ metadata }) => metadata.name);
    expect(policies).toContain("snapshot-controller-to-api-server");
  });
});
