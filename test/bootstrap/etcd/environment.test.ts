import { describe, expect, it } from "@jest/globals";
import { maintenanceEnvironment, memberEnvironment, storesSnapshots } from "../../../src/bootstrap/etcd/environment.js";
import { etcdMembers } from "../../../src/config/cluster-config.js";
import { cluster, nodeOf } from "../support/bootstrap-cluster.js";

const config = cluster({ etcd: { ordinals: [0, 2, 4] } });
const stacked = cluster({ etcd: { stacked: true } });
const member = (key: string) => memberEnvironment(config, nodeOf(config, key));

describe("an etcd member", () => {
  it("is told of the same cluster as every other", () => {
    const clusters = etcdMembers(config).map(({ key }) => member(key)["ETCD_INITIAL_CLUSTER"]);
    expect(new Set(clusters)).toEqual(
      new Set(["etcd-0=https://10.0.0.16:2380,etcd-2=https://10.0.0.18:2380,etcd-4=https://10.0.0.20:2380"]),
    );
  });

  it("finds itself in that cluster by its name and address", () => {
    for (const { key } of etcdMembers(config)) {
      const environment = member(key);
      expect(environment["ETCD_INITIAL_CLUSTER"]?.split(",")).toContain(
        `${environment["ETCD_NAME"]}=${environment["ETCD_INITIAL_ADVERTISE_PEER_URLS"]}`,
      );
    }
  });

  it("is not told of the same cluster as a cluster of another name", () => {
    const other = cluster({ cluster: { name: "other" } });
    expect(memberEnvironment(other, nodeOf(other, "etcd-0"))["ETCD_INITIAL_CLUSTER_TOKEN"]).not.toBe(
      member("etcd-0")["ETCD_INITIAL_CLUSTER_TOKEN"],
    );
  });

  it("answers nobody without a certificate, as a peer or as a client", () => {
    expect(member("etcd-0")).toMatchObject({ ETCD_CLIENT_CERT_AUTH: "true", ETCD_PEER_CLIENT_CERT_AUTH: "true" });
    for (const [name, value] of Object.entries(member("etcd-0"))) {
      if (/_(CLIENT|PEER)_URLS$/.test(name)) expect(value).not.toContain("http:");
    }
  });

  it("keeps its data below the mount point: at it, lost+found would be taken for data", () => {
    expect(member("etcd-0")["ETCD_DATA_DIR"]).toBe("/var/lib/etcd/data");
  });

  it("is not told its cluster's state, which its membership decides anew at each start", () => {
    expect(member("etcd-0")).not.toHaveProperty("ETCD_INITIAL_CLUSTER_STATE");
  });
});

describe("the jobs around a member", () => {
  it("know its peers, and do not count it among them", () => {
    expect(maintenanceEnvironment(config, nodeOf(config, "etcd-2"))["KAAS_ETCD_PEERS"]).toBe(
      "https://10.0.0.16:2379,https://10.0.0.20:2379",
    );
  });

  it("know of no peer where there is none", () => {
    const single = cluster({ cluster: { profile: "development" }, etcd: { count: 1 } });
    expect(maintenanceEnvironment(single, nodeOf(single, "etcd-0"))["KAAS_ETCD_PEERS"]).toBe("");
  });

  it("sign in with the member's own certificate, and with kubeadm's where it is stacked", () => {
    expect(maintenanceEnvironment(config, nodeOf(config, "etcd-0"))).toMatchObject({
      ETCDCTL_CACERT: "/etc/etcd/pki/ca.crt",
      ETCDCTL_CERT: "/etc/etcd/pki/server.crt",
      ETCDCTL_KEY: "/etc/etcd/pki/server.key",
    });
    expect(maintenanceEnvironment(stacked, nodeOf(stacked, "controller-0"))).toMatchObject({
      KAAS_ETCD_PEERS: "https://10.0.0.33:2379,https://10.0.0.34:2379",
      ETCDCTL_CACERT: "/etc/kubernetes/pki/etcd/ca.crt",
      ETCDCTL_CERT: "/etc/kubernetes/pki/etcd/healthcheck-client.crt",
      ETCDCTL_KEY: "/etc/kubernetes/pki/etcd/healthcheck-client.key",
    });
  });

  it("store snapshots in the container that the stack makes, for as long as backups are kept", () => {
    const backups = cluster({ services: { backup: { retentionDays: 7 } } });
    expect(maintenanceEnvironment(backups, nodeOf(backups, "etcd-0"))).toMatchObject({
      KAAS_SNAPSHOT_CONTAINER: "demo-etcd-backups",
      KAAS_SNAPSHOT_RETENTION_SECONDS: "604800",
    });
  });

  it("store none without backups", () => {
    expect(storesSnapshots(config)).toBe(true);
    expect(storesSnapshots(cluster({ services: { backup: { enabled: false } } }))).toBe(false);
  });

  it("trust the cloud's own authority where it has one", () => {
    const cloud = cluster({ provider: { caCertificate: { file: "ca.pem" } } });
    expect(maintenanceEnvironment(cloud, nodeOf(cloud, "etcd-0"))["KAAS_CLOUD_CA"]).toBe("/etc/kaas/cloud-ca.pem");
    expect(maintenanceEnvironment(config, nodeOf(config, "etcd-0"))["KAAS_CLOUD_CA"]).toBe("");
  });
});
