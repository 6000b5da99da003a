import { describe, expect, it } from "@jest/globals";
import { nodeRegistration } from "../../../src/bootstrap/kubeadm/node-registration.js";

const flags = (props: Parameters<typeof nodeRegistration>[0]) =>
  Object.fromEntries(nodeRegistration(props).kubeletExtraArgs.map(({ name, value }) => [name, value]));

describe("a node that registers", () => {
  it("leaves to the cloud's own controller what only that knows", () => {
    expect(flags({})["cloud-provider"]).toBe("external");
  });

  it("has the labels of its pool, and no flag for none", () => {
    expect(flags({ labels: { a: "b", c: "d" } })["node-labels"]).toBe("a=b,c=d");
    expect(flags({})).not.toHaveProperty("node-labels");
  });

  it("has kubeadm's taints as a controller, its pool's as a worker, even when that has none", () => {
    expect(nodeRegistration({})).not.toHaveProperty("taints");
    expect(nodeRegistration({ taints: [] }).taints).toEqual([]);
    expect(nodeRegistration({ taints: [{ key: "a", effect: "NoSchedule" }] }).taints).toEqual([
      { key: "a", effect: "NoSchedule" },
    ]);
  });
});
