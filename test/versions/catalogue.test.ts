import { describe, expect, it } from "@jest/globals";
import { catalogue, eksReleases, findKubernetesRelease } from "../../src/versions/catalogue.js";

describe("the catalogue", () => {
  it("has the default Kubernetes version among its versions", () => {
    expect(findKubernetesRelease(catalogue.kubernetes.default)?.version).toBe(catalogue.kubernetes.default);
  });

  it("has one release a minor version, newest first", () => {
    const minors = catalogue.kubernetes.versions.map(({ version }) => Number(version.split(".")[1]));
    expect(minors).toEqual([...new Set(minors)].sort((a, b) => b - a));
  });

  it("gives the end of EKS's support as a date", () => {
    for (const { eksSupportEnds = "" } of eksReleases()) {
      expect(new Date(eksSupportEnds).toISOString().slice(0, 10)).toBe(eksSupportEnds);
    }
  });

  it("knows no release that it does not list", () => {
    expect(findKubernetesRelease("1.12.10")).toBeUndefined();
  });
});
