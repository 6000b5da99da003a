import { describe, expect, it } from "@jest/globals";
import { definitionsLock } from "../../../charts/crds/lock.js";
import { neededBundles, neededDefinitions } from "../../../charts/crds/needed-definitions.js";
import { eksCluster, openStackCluster } from "../../support/clusters.js";

const common = ["cert-manager", "prometheus-operator", "velero"];

describe("the definitions of a cluster", () => {
  it.each([
    ["on OpenStack", openStackCluster(), ["calico", "external-snapshotter", ...common]],
    [
      "with Canal, whose policies are Calico's",
      openStackCluster({ network: { cni: "canal" } }),
      ["calico", "external-snapshotter", ...common],
    ],
    ["with Flannel", openStackCluster({ network: { cni: "flannel" } }), ["external-snapshotter", ...common]],
    ["on EKS, whose add-ons bring their own", eksCluster(), ["aws-load-balancer-controller", ...common]],
    [
      "without monitoring",
      eksCluster({ services: { monitoring: { enabled: false } } }),
      ["aws-load-balancer-controller", "cert-manager", "velero"],
    ],
    [
      "without backup",
      eksCluster({ services: { backup: { enabled: false } } }),
      ["aws-load-balancer-controller", "cert-manager", "prometheus-operator"],
    ],
  ])("%s", (_, config, bundles) => {
    expect(neededBundles(config)).toEqual(bundles);
  });

  it("are the files of the bundles, those of a bundle together", () => {
    const files = neededDefinitions(eksCluster());
    expect([...new Set(files.map(({ bundle }) => bundle))]).toEqual(neededBundles(eksCluster()));
    expect(files.filter(({ bundle }) => bundle === "velero")).toHaveLength(
      Object.keys(definitionsLock.velero.files).length,
    );
  });

  it("are none that no cluster needs", () => {
    const used = new Set([...neededBundles(openStackCluster()), ...neededBundles(eksCluster())]);
    expect([...used].sort()).toEqual(Object.keys(definitionsLock).sort());
  });
});
