import { describe, expect, it } from "@jest/globals";
import { kernelSettings } from "../../../src/bootstrap/node/kernel.js";
import {
  kubeletConfiguration,
  kubeletPatch,
  labelsFlag,
  nodeTaint,
  poolLabels,
} from "../../../src/bootstrap/node/kubelet.js";

describe("a kubelet", () => {
  it("gives pods time to end when its node shuts down, the critical ones a part of it", () => {
    const seconds = (duration: string) => Number(duration.replace(/s$/, ""));
    const { shutdownGracePeriod, shutdownGracePeriodCriticalPods } = kubeletConfiguration;
    expect(seconds(shutdownGracePeriodCriticalPods)).toBeGreaterThan(0);
    expect(seconds(shutdownGracePeriod)).toBeGreaterThan(seconds(shutdownGracePeriodCriticalPods));
  });

  it("finds the kernel as it wants it, which it refuses to start without", () => {
    expect(kubeletConfiguration.protectKernelDefaults).toBe(true);
    // k8s.io/kubernetes/pkg/kubelet/cm/container_manager_linux.go, setupKernelTunables
    expect(kernelSettings).toMatchObject({
      "vm.overcommit_memory": 1,
      "vm.panic_on_oom": 0,
      "kernel.panic": 10,
      "kernel.panic_on_oops": 1,
      "kernel.keys.root_maxkeys": 1000000,
      "kernel.keys.root_maxbytes": 25000000,
    });
  });

  it("looks for volume plugins where the node's disk can be written", () => {
    expect(kubeletConfiguration.volumePluginDir).toMatch(/^\/opt\//);
  });

  it("has of its own what its flavor decides", () => {
    expect(Object.keys(kubeletPatch({ flavor: "m1.large" }))).toEqual(["systemReserved", "evictionHard"]);
  });
});

describe("a node's labels", () => {
  it("name its pool, whatever the user's own say", () => {
    expect(poolLabels({ name: "memory", labels: { a: "b", "kaas/pool": "another" } })).toEqual({
      a: "b",
      "kaas/pool": "memory",
    });
  });

  it("are pairs between commas for the kubelet's flag", () => {
    expect(labelsFlag({ a: "b", "example.com/team": "" })).toBe("a=b,example.com/team=");
  });
});

describe("a node's taint", () => {
  it("has no field for a value that there is not", () => {
    expect(nodeTaint({ key: "a", effect: "NoExecute" })).toEqual({ key: "a", effect: "NoExecute" });
    expect(nodeTaint({ key: "a", value: "b", effect: "NoSchedule" })).toEqual({
      key: "a",
      value: "b",
      effect: "NoSchedule",
    });
  });
});
