import { describe, expect, it } from "@jest/globals";
import { imageOf, minorImageOf, mirrored } from "../../src/config/container-images.js";
import { catalogue } from "../../src/versions/catalogue.js";
import { cluster } from "../bootstrap/support/bootstrap-cluster.js";

const { name, tag } = catalogue.images.etcd;
const mirror = "registry.example.com:5000/kaas";

describe("an image", () => {
  it("is the catalogue's", () => {
    expect(imageOf("etcd", cluster())).toBe(`${name}:${tag}`);
  });

  it("comes by way of the mirror, with its registry in its path", () => {
    const config = cluster({ containerImages: { mirror } });
    expect(imageOf("etcd", config)).toBe(`${mirror}/${name}:${tag}`);
    expect(mirrored("registry.k8s.io", config)).toBe(`${mirror}/registry.k8s.io`);
  });

  it("that bootstrap.yaml names comes from where it says, mirror or not", () => {
    const overrides = { etcd: { name: "registry.example.com/etcd", tag: "v3.6.9" } };
    expect(imageOf("etcd", cluster({ containerImages: { overrides } }))).toBe("registry.example.com/etcd:v3.6.9");
    expect(imageOf("etcd", cluster({ containerImages: { mirror, overrides } }))).toBe(
      "registry.example.com/etcd:v3.6.9",
    );
  });

  it("has its digest when the lock file has one, which no mirror changes", () => {
    const digest = `sha256:${"0".repeat(64)}`;
    const locked = (repository: string, itsTag: string) =>
      `${repository}:${itsTag}` === `${name}:${tag}` ? digest : undefined;
    expect(imageOf("etcd", cluster(), locked)).toBe(`${name}:${tag}@${digest}`);
    expect(imageOf("etcd", cluster({ containerImages: { mirror } }), locked)).toBe(
      `${mirror}/${name}:${tag}@${digest}`,
    );
    expect(imageOf("pause", cluster(), locked)).not.toContain("@");
  });

  it("is not another component's", () => {
    const overrides = { etcd: { name: "registry.example.com/etcd", tag: "v3.6.9" } };
    expect(imageOf("pause", cluster({ containerImages: { overrides } }))).toBe(imageOf("pause", cluster()));
  });

  it("that is released with Kubernetes is of the cluster's minor version", () => {
    const tagFor = (kubernetes: string) =>
      minorImageOf("cinder-csi-plugin", { ...cluster(), kubernetes })
        .split(":")
        .at(-1);
    expect(tagFor("1.36.3")).toMatch(/^v1\.36\./);
    expect(tagFor("1.34.4")).toMatch(/^v1\.34\./);
    expect(() => tagFor("1.12.10")).toThrow("no cinder-csi-plugin for Kubernetes 1.12");
  });

  it("that is released with Kubernetes comes by way of the mirror too, or from where bootstrap.yaml says", () => {
    const overrides = { "cinder-csi-plugin": { name: "registry.example.com/cinder", tag: "v1" } };
    expect(minorImageOf("cinder-csi-plugin", cluster({ containerImages: { mirror } }))).toMatch(
      `${mirror}/registry.k8s.io/provider-os/cinder-csi-plugin:v`,
    );
    expect(minorImageOf("cinder-csi-plugin", cluster({ containerImages: { overrides } }))).toBe(
      "registry.example.com/cinder:v1",
    );
  });
});
