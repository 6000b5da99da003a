import { describe, expect, it } from "@jest/globals";
import type { OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resourcesByAddress } from "../support/synthesized.js";

/** Addresses of the resources that differ between two configurations, in what Terraform looks at. */
function changedAddresses(before: OpenStackClusterConfig, after: OpenStackClusterConfig): string[] {
  const old = resourcesByAddress(clusterStack(before));
  const now = resourcesByAddress(clusterStack(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((address) => observed(old.get(address)) !== observed(now.get(address)))
    .sort();
}

/** A resource without the attributes whose changes it ignores. */
function observed(attributes: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const { ignore_changes: ignored = [] } = (attributes?.["lifecycle"] ?? {}) as { ignore_changes?: readonly string[] };
  return attributes && JSON.stringify(Object.entries(attributes).filter(([name]) => !ignored.includes(name)));
}

/** Two workers carry one Elasticsearch. */
const cluster = (changes: BootstrapChanges) => openStackCluster({ services: { logging: { replicas: 1 } }, ...changes });

const topologies: Readonly<Record<string, BootstrapChanges>> = {
  "floating-ips": {},
  octavia: { provider: { api: { topology: "octavia" } } },
  "virtual-ip": { provider: { api: { topology: "virtual-ip" } } },
};

describe.each(Object.entries(topologies))("with %s", (topology, changes) => {
  const workers = (ordinals: readonly number[]) => cluster({ ...changes, workers: [{ ordinals }] });

  it.each([0, 1, 2])("taking out worker %i touches its own resources only", (ordinal) => {
    const left = [0, 1, 2].filter((other) => other !== ordinal);
    expect(changedAddresses(workers([0, 1, 2]), workers(left))).toEqual([
      `openstack_compute_instance_v2.worker-${ordinal}_instance`,
      `openstack_dns_recordset_v2.dns_worker-${ordinal}`,
      `openstack_networking_port_v2.worker-${ordinal}_port`,
    ]);
  });

  it("adding a worker touches its own resources only", () => {
    for (const address of changedAddresses(workers([0, 1, 2]), workers([0, 1, 2, 3]))) {
      expect(address).toContain("worker-3");
    }
  });

  it("adding a pool touches the pool's resources only", () => {
    const more = cluster({ ...changes, workers: [{ count: 3 }, { name: "gpu", count: 1 }] });
    for (const address of changedAddresses(workers([0, 1, 2]), more)) expect(address).toContain("worker-gpu");
  });

  it("taking out a controller touches, beside its own resources, the API's record alone", () => {
    const controllers = (ordinals: readonly number[]) => cluster({ ...changes, controlPlane: { ordinals } });
    const others = changedAddresses(controllers([0, 1, 2]), controllers([0, 2])).filter(
      (address) => !address.includes("controller-1"),
    );
    expect(others).toEqual(
      topology === "floating-ips"
        ? ["openstack_dns_recordset_v2.dns_api", "openstack_dns_recordset_v2.dns_api-int"]
        : [],
    );
  });
});

describe("a node's address", () => {
  it("follows from its number, whoever else is there", () => {
    const address = (ordinals: readonly number[], ordinal: number) =>
      openStackCluster({ controlPlane: { ordinals } }).controllers.find((node) => node.ordinal === ordinal)
        ?.fixedAddress;
    expect(address([0, 1, 2], 2)).toBe(address([2, 4, 5], 2));
  });
});
