import { describe, expect, it } from "@jest/globals";
import { openStackCluster } from "../support/clusters.js";
import { ClusterOutput } from "./cross-references/cluster-output.js";

describe("the list of what is there without the charts", () => {
  it("holds no pods that charts make by now", () => {
    const { pods } = ClusterOutput.of(openStackCluster());
    const made = pods.filter(({ spec }) => spec.serviceAccountName !== undefined);
    const external = pods.filter((one) => !made.includes(one));
    const both = external.filter(({ namespace, labels }) =>
      made.some((one) => one.namespace === namespace && one.labels["k8s-app"] === labels["k8s-app"]),
    );
    expect(external.length).toBeGreaterThan(0);
    expect(both).toEqual([]);
  });
});
