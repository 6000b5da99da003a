import { describe, expect, it } from "@jest/globals";
import { mirroredRegistries } from "../../../src/bootstrap/eks/mirrored-registry.js";
import { catalogue } from "../../../src/versions/catalogue.js";

const endpointOf = (mirror: string, registry: string) =>
  mirroredRegistries(mirror).find((mirrored) => mirrored.registry === registry)?.endpoint;

describe("a mirrored registry", () => {
  it("is found where the mirror keeps its repositories", () => {
    expect(endpointOf("registry.example.com", "docker.io")).toBe("https://registry.example.com/v2/docker.io");
    expect(endpointOf("registry.example.com:5000/kaas/all", "quay.io")).toBe(
      "https://registry.example.com:5000/v2/kaas/all/quay.io",
    );
  });

  it("is each that the platform's own images come from", () => {
    const registries = mirroredRegistries("registry.example.com").map(({ registry }) => registry);
    for (const { name } of Object.values(catalogue.images)) expect(registries).toContain(name.split("/")[0]);
  });

  it("is none without a mirror", () => {
    expect(mirroredRegistries(undefined)).toEqual([]);
  });
});
