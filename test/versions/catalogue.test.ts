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

  it("has an image for each of its minor versions of Kubernetes where images are released with them, and of that one", () => {
    const minors = catalogue.kubernetes.versions.map(({ version }) => version.split(".").slice(0, 2).join("."));
    for (const { tags } of Object.values(catalogue.imagesByMinor)) {
      expect(Object.keys(tags).sort()).toEqual([...minors].sort());
      for (const [minor, tag] of Object.entries(tags)) expect(tag).toMatch(`v${minor}.`);
    }
  });
});
