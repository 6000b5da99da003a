import { describe, expect, it } from "@jest/globals";
import { openStackCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resourcesByAddress, resourcesOf, synthesizeToJson } from "../support/synthesized.js";

describe.each(["floating-ips", "octavia", "virtual-ip"])("the stack of a cluster with %s", (topology) => {
  const stackOf = (changes: BootstrapChanges = {}) =>
    clusterStack(openStackCluster({ ...changes, provider: { api: { topology } } }));
  const stack = stackOf();

  it("marks the credential's secret as sensitive, and nothing else hides", () => {
    const sensitive = Object.entries(stack.output).filter(([, output]) => output["sensitive"] === true);
    expect(sensitive.map(([name]) => name)).toEqual(["cloud_credential_secret"]);
  });

  it("gives the secret out in that one place", () => {
    const text = JSON.stringify(stack);
    expect(text.match(/openstack_identity_application_credential_v3\.cloud-credential\.secret/g)).toHaveLength(1);
  });

  it("says what each output is", () => {
    const outputs = Object.values(stack.output);
    expect(outputs.length).toBeGreaterThan(5);
    expect(outputs.filter((output) => typeof output["description"] !== "string")).toEqual([]);
  });

  it("has the same outputs when a worker or a pool comes or goes", () => {
    expect(stackOf({ workers: [{ count: 4 }, { name: "gpu", count: 1 }] }).output).toEqual(stack.output);
  });

  it("asks for its secrets and for nothing else, and has no default for any", () => {
    const variables = Object.entries(stack.variable ?? {});
    expect(variables.filter(([, { sensitive }]) => sensitive !== true).map(([name]) => name)).toEqual(["initialised"]);
    expect(variables.map(([name]) => name)).toEqual(
      expect.arrayContaining(["cluster_ca", "etcd_members", "encryption_key", "bootstrap_token"]),
    );
    expect(variables.filter(([, variable]) => "default" in variable || variable["nullable"] !== false)).toEqual([]);
  });
});

describe("the stack of a cluster", () => {
  it("has a server for every node", () => {
    const stack = clusterStack(
      openStackCluster({
        etcd: { count: 3 },
        controlPlane: { ordinals: [0, 1, 4] },
        workers: [{ ordinals: [0, 2, 3] }, { name: "gpu", count: 1 }],
      }),
    );
    expect(Object.values(resourcesOf(stack, "openstack_compute_instance_v2")).map(({ name }) => name)).toEqual([
      "demo-controller-0",
      "demo-controller-1",
      "demo-controller-4",
      "demo-etcd-0",
      "demo-etcd-1",
      "demo-etcd-2",
      "demo-worker-0",
      "demo-worker-2",
      "demo-worker-3",
      "demo-worker-gpu-0",
    ]);
  });

  it("has no servers of etcd when its members run on the controllers", () => {
    const stack = clusterStack(openStackCluster({ etcd: { stacked: true } }));
    const addresses = [...resourcesByAddress(stack).keys()];
    expect(addresses.filter((address) => /[._]etcd-\d/.test(address))).toEqual([]);
  });

  it("stands alone when project and service account exist already", () => {
    expect([...synthesizeToJson(openStackCluster()).keys()]).toEqual(["demo"]);
  });

  it("takes nothing from the tenancy but the roles of its credentials", () => {
    const tenancy = { manage: true, adminCloud: "admin" };
    const before = resourcesByAddress(clusterStack(openStackCluster()));
    const after = resourcesByAddress(clusterStack(openStackCluster({ provider: { tenancy } })));
    expect([...after.keys()]).toEqual([...before.keys()]);
    const changed = [...after].filter(
      ([address, attributes]) => JSON.stringify(attributes) !== JSON.stringify(before.get(address)),
    );
    expect(changed.map(([address]) => address)).toEqual([
      "openstack_identity_application_credential_v3.cloud-credential",
      "openstack_identity_application_credential_v3.etcd-backup-credential",
    ]);
  });
});
