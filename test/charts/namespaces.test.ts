import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { NamespacesChart } from "../../charts/namespaces/namespaces-chart.js";

interface NamespaceManifest {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
}

describe("the managed namespaces", () => {
  const manifests = Testing.synth(new NamespacesChart(Testing.app(), "namespaces")) as NamespaceManifest[];

  it("enforce the restricted Pod Security level, but for node agents", () => {
    const levels = manifests.map(({ metadata }) => [
      metadata.name,
      metadata.labels["pod-security.kubernetes.io/enforce"],
    ]);
    expect(Object.fromEntries(levels)).toEqual({
      "rackspace-system": "restricted",
      "rackspace-node-agents": "privileged",
    });
  });
});
