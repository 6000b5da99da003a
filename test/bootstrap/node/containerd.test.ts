import { describe, expect, it } from "@jest/globals";
import { parse } from "smol-toml";
import {
  containerdConfig,
  registryHosts,
  registryHostsPath,
  registryOf,
} from "../../../src/bootstrap/node/containerd.js";
import { cluster } from "../support/bootstrap-cluster.js";

const mirror = "registry.example.com:5000/kaas";

describe("containerd", () => {
  it("is told where it is told of registries, and leaves cgroups to systemd as the kubelet does", () => {
    expect(parse(containerdConfig(cluster()))).toMatchObject({
      version: 3,
      plugins: {
        "io.containerd.cri.v1.images": { registry: { config_path: "/etc/containerd/certs.d" } },
        "io.containerd.cri.v1.runtime": {
          containerd: {
            default_runtime_name: "runc",
            runtimes: { runc: { runtime_type: "io.containerd.runc.v2", options: { SystemdCgroup: true } } },
          },
        },
      },
    });
  });

  it("takes the pods' own image from the mirror too", () => {
    expect(parse(containerdConfig(cluster({ containerImages: { mirror } })))).toMatchObject({
      plugins: {
        "io.containerd.cri.v1.images": {
          pinned_images: {
            sandbox: expect.stringMatching(/^registry\.example\.com:5000\/kaas\/registry\.k8s\.io\/pause:/),
          },
        },
      },
    });
  });

  it("signs in at the registry, not at the repository below which the mirror is", () => {
    expect(registryOf(mirror)).toBe("registry.example.com:5000");
    expect(registryHostsPath(mirror)).toBe("/etc/containerd/certs.d/registry.example.com:5000/hosts.toml");
    expect(parse(registryHosts(mirror, "dXNlcjpwYXNz").join(""))).toEqual({
      server: "https://registry.example.com:5000",
      host: {
        "https://registry.example.com:5000": {
          capabilities: ["pull", "resolve"],
          header: { Authorization: ["Basic dXNlcjpwYXNz"] },
        },
      },
    });
  });
});
