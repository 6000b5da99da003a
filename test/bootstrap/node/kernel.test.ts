import { describe, expect, it } from "@jest/globals";
import { kernelSettings, kernelSettingsFile } from "../../../src/bootstrap/node/kernel.js";

describe("the kernel's settings", () => {
  it("allow as many memory maps as Elasticsearch asks for, and no fewer than the nodes of EKS come with", () => {
    // elastic.co: "vm.max_map_count"; Bottlerocket's own is the same, Amazon Linux's half of it.
    expect(kernelSettings["vm.max_map_count"]).toBeGreaterThanOrEqual(1048576);
  });

  it("let pods' packets through", () => {
    expect(kernelSettings["net.ipv4.ip_forward"]).toBe(1);
  });

  it("are a line each", () => {
    expect(kernelSettingsFile().split("\n")).toContain("vm.max_map_count = 1048576");
    expect(kernelSettingsFile().trimEnd().split("\n")).toHaveLength(Object.keys(kernelSettings).length);
  });
});
