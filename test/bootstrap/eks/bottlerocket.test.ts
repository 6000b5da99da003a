import { describe, expect, it } from "@jest/globals";
import { parse, type TomlTable } from "smol-toml";
import { bottlerocketUserData } from "../../../src/bootstrap/eks/bottlerocket.js";
import type { EksNodeFacts } from "../../../src/bootstrap/eks/node-facts.js";
import { kernelSettings } from "../../../src/bootstrap/node/kernel.js";
import { kubeletConfiguration } from "../../../src/bootstrap/node/kubelet.js";
import { eksNode, eksNodeWithMirror } from "../support/eks-nodes.js";

function settingsOf(facts: EksNodeFacts) {
  const { settings } = parse(bottlerocketUserData(facts));
  return settings as Readonly<Record<"kubernetes" | "kernel" | "host-containers" | "container-registry", TomlTable>>;
}

describe("a node of Bottlerocket", () => {
  const settings = settingsOf(eksNode);

  it("joins the cluster", () => {
    expect(settings.kubernetes).toMatchObject({
      "cluster-name": eksNode.clusterName,
      "api-server": eksNode.endpoint,
      "cluster-certificate": eksNode.certificateAuthority,
    });
  });

  it("knows the cluster's DNS without asking EKS", () => {
    expect(settings.kubernetes["cluster-dns-ip"]).toBe("172.20.0.10");
  });

  it("has its pool's labels, and which pool it is", () => {
    expect(settings.kubernetes["node-labels"]).toEqual({
      "example.com/team": "search",
      workload: "batch",
      "kaas/pool": "spot",
    });
  });

  it("has its pool's taints, several of one key together", () => {
    expect(settings.kubernetes["node-taints"]).toEqual({
      workload: ["batch:NoSchedule", "batch:NoExecute"],
      "example.com/slow-start": [":PreferNoSchedule"],
    });
    expect(settingsOf({ ...eksNode, pool: { ...eksNode.pool, taints: [] } }).kubernetes).not.toHaveProperty(
      "node-taints",
    );
  });

  it("has the kubelet's settings that nodes of OpenStack have", () => {
    expect(settings.kubernetes).toMatchObject({
      "container-log-max-files": kubeletConfiguration.containerLogMaxFiles,
      "container-log-max-size": kubeletConfiguration.containerLogMaxSize,
      "seccomp-default": kubeletConfiguration.seccompDefault,
      "shutdown-grace-period": kubeletConfiguration.shutdownGracePeriod,
      "shutdown-grace-period-for-critical-pods": kubeletConfiguration.shutdownGracePeriodCriticalPods,
    });
  });

  it("has the kernel's settings that nodes of OpenStack have, as texts", () => {
    expect(settings.kernel["sysctl"]).toEqual(
      Object.fromEntries(Object.entries(kernelSettings).map(([name, value]) => [name, String(value)])),
    );
  });

  it("says itself how many pods it takes and what it keeps from them", () => {
    for (const setting of ["max-pods", "kube-reserved", "system-reserved", "eviction-hard"]) {
      expect(settings.kubernetes).not.toHaveProperty(setting);
    }
  });

  it("has no container that administers it", () => {
    expect(settings["host-containers"]).toEqual({ admin: { enabled: false } });
  });

  it("pulls by way of the mirror where there is one", () => {
    expect(settings).not.toHaveProperty("container-registry");
    expect(settingsOf(eksNodeWithMirror)["container-registry"]["mirrors"]).toContainEqual({
      registry: "registry.k8s.io",
      endpoint: ["https://registry.example.com:5000/v2/kaas/registry.k8s.io"],
    });
  });

  it("is told in TOML that EKS can merge with its own: no quotes in headers, and none escaped", () => {
    for (const line of bottlerocketUserData(eksNodeWithMirror).split("\n")) {
      if (line.startsWith("[")) expect(line).not.toContain('"');
      expect(line).not.toContain("\\");
    }
  });

  it("is told what Terraform alone knows as Terraform wrote it, and nothing else is a template to it", () => {
    const expressions = { endpoint: "${TfToken[TOKEN.1]}", certificateAuthority: "${a.b[0].data}" };
    const text = bottlerocketUserData({ ...eksNodeWithMirror, ...expressions });
    expect(text.match(/[$%]\{[^}]*\}/g)).toEqual(Object.values(expressions));
  });
});
