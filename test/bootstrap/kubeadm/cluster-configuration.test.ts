import { describe, expect, it } from "@jest/globals";
import { clusterConfiguration, proxyConfiguration } from "../../../src/bootstrap/kubeadm/cluster-configuration.js";
import { cluster } from "../support/bootstrap-cluster.js";

const mirror = "registry.example.com:5000/kaas";
const kubernetes = { name: "registry.example.com/kubernetes", tag: "v1.36.3_rackspace.0" };
const documentOf = (changes: Readonly<Record<string, unknown>> = {}) => clusterConfiguration(cluster(changes));

describe("the cluster as kubeadm knows it", () => {
  it("is reached by its nodes at their own name for the API", () => {
    expect(documentOf().controlPlaneEndpoint).toBe("api-int.demo.mk8s.example.com:6443");
  });

  it("has the networks of bootstrap.yaml, for kube-proxy too", () => {
    const config = cluster({ network: { podCidr: "10.64.0.0/16", serviceCidr: "10.65.0.0/16" } });
    expect(clusterConfiguration(config).networking).toMatchObject({
      podSubnet: "10.64.0.0/16",
      serviceSubnet: "10.65.0.0/16",
    });
    expect(proxyConfiguration(config).clusterCIDR).toBe("10.64.0.0/16");
  });

  it("has certificates that are valid as long as bootstrap.yaml says", () => {
    expect(documentOf({ pki: { caValidityDays: 7300, certificateValidityDays: 90 } })).toMatchObject({
      caCertificateValidityPeriod: "175200h",
      certificateValidityPeriod: "2160h",
    });
  });
});

describe("the add-ons of kubeadm", () => {
  it.each(["registry.example.com:5000/kaas", undefined])(
    "leave out CoreDNS, which is a managed service (mirror: %s)",
    (from) => {
      expect(documentOf(from === undefined ? {} : { containerImages: { mirror: from } }).dns).toEqual({
        disabled: true,
      });
    },
  );
});

describe("the API server's certificate", () => {
  const names = ["api.demo.mk8s.example.com", "api-int.demo.mk8s.example.com", "127.0.0.1", "localhost"];

  it("names the API as its users and as its nodes do", () => {
    expect([...documentOf().apiServer.certSANs].sort()).toEqual([...names].sort());
  });

  it.each(["octavia", "virtual-ip"])("names the address that moves or is balanced too, with %s", (topology) => {
    expect([...documentOf({ provider: { api: { topology } } }).apiServer.certSANs].sort()).toEqual(
      [...names, "10.0.0.5"].sort(),
    );
  });
});

describe("etcd as kubeadm knows it", () => {
  it("is elsewhere, each member by its fixed address, when it has nodes of its own", () => {
    expect(documentOf({ etcd: { ordinals: [0, 2, 4] } }).etcd).toEqual({
      external: {
        endpoints: ["https://10.0.0.16:2379", "https://10.0.0.18:2379", "https://10.0.0.20:2379"],
        caFile: "/etc/kubernetes/pki/etcd/ca.crt",
        certFile: "/etc/kubernetes/pki/apiserver-etcd-client.crt",
        keyFile: "/etc/kubernetes/pki/apiserver-etcd-client.key",
      },
    });
  });

  it("is kubeadm's to run when stacked, below the mount point of the volume", () => {
    expect(documentOf({ etcd: { stacked: true } }).etcd).toMatchObject({
      local: {
        dataDir: "/var/lib/etcd/data",
        extraArgs: expect.arrayContaining([{ name: "listen-metrics-urls", value: "http://0.0.0.0:2381" }]),
      },
    });
  });
});

describe("the images of the control plane", () => {
  it("are upstream's, and kubeadm's defaults tell from where", () => {
    const document = documentOf();
    expect(document.kubernetesVersion).toBe("v1.36.3");
    expect(document).not.toHaveProperty("imageRepository");
  });

  it("come by way of the mirror", () => {
    expect(documentOf({ containerImages: { mirror }, etcd: { stacked: true } })).toMatchObject({
      imageRepository: `${mirror}/registry.k8s.io`,
      etcd: { local: { imageRepository: `${mirror}/registry.k8s.io` } },
    });
  });

  it("are those of a custom build, with the version in git's form, which kubeadm turns into the tag", () => {
    expect(documentOf({ containerImages: { overrides: { kubernetes } } })).toMatchObject({
      kubernetesVersion: "v1.36.3+rackspace.0",
      imageRepository: "registry.example.com/kubernetes",
    });
  });

  it("are of upstream for what a custom build does not have", () => {
    expect(
      documentOf({ containerImages: { mirror, overrides: { kubernetes } }, etcd: { stacked: true } }),
    ).toMatchObject({
      imageRepository: "registry.example.com/kubernetes",
      etcd: { local: { imageRepository: `${mirror}/registry.k8s.io` } },
    });
  });
});
