import { describe, expect, it } from "@jest/globals";
import { initConfiguration } from "../../../src/bootstrap/kubeadm/init-configuration.js";
import { controllerJoinConfiguration, joinConfiguration } from "../../../src/bootstrap/kubeadm/join-configuration.js";
import { cluster, nodeOf } from "../support/bootstrap-cluster.js";

const controller = nodeOf(cluster(), "controller-1");

describe("a node that joins", () => {
  it("is told of the cluster by a file: nothing is read without signing in", () => {
    expect(joinConfiguration({}).discovery).toEqual({
      file: { kubeConfigPath: "/etc/kaas/kubeadm/discovery.yaml" },
    });
  });

  it("that is a controller answers at its own fixed address", () => {
    expect(controllerJoinConfiguration(controller).controlPlane).toEqual({
      localAPIEndpoint: { advertiseAddress: "10.0.0.33", bindPort: 6443 },
    });
  });

  it("that is a worker has no control plane", () => {
    expect(joinConfiguration({})).not.toHaveProperty("controlPlane");
  });
});

describe("the node that initialises the cluster", () => {
  const { bootstrapTokens, localAPIEndpoint } = initConfiguration(controller, "abcdef.0123456789abcdef");

  it("makes the token by which the others sign in, for a day", () => {
    expect(bootstrapTokens).toMatchObject([
      {
        token: "abcdef.0123456789abcdef",
        ttl: "24h0m0s",
        usages: ["authentication", "signing"],
        groups: ["system:bootstrappers:kubeadm:default-node-token"],
      },
    ]);
  });

  it("answers at its own fixed address", () => {
    expect(localAPIEndpoint).toEqual({ advertiseAddress: "10.0.0.33", bindPort: 6443 });
  });
});
