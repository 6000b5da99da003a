import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ClusterIdentity } from "../../src/config/cluster-identity.js";
import { openStackCluster } from "../support/clusters.js";
import { projectRoot } from "../support/project.js";
import { clusterStack, resource, resourcesByAddress, tenancyStack } from "../support/synthesized.js";

interface ProviderSchema {
  readonly provider_schemas: Readonly<
    Record<
      string,
      { readonly resource_schemas: Readonly<Record<string, { readonly block: { readonly attributes: object } }>> }
    >
  >;
}

/** What the provider says of the resources of a kind. */
const kinds = Object.values(
  (JSON.parse(readFileSync(join(projectRoot, "packages/provider-openstack/schema.json"), "utf8")) as ProviderSchema)
    .provider_schemas,
)[0]?.resource_schemas;
const takes = (address: string, attribute: string) =>
  attribute in (kinds?.[address.slice(0, address.indexOf("."))]?.block.attributes ?? {});

const tenancy = { manage: true, adminCloud: "admin" };
const tags = { team: "platform" };
const config = openStackCluster({ cluster: { tags }, provider: { tenancy, api: { topology: "octavia" } } });
const resources = [...resourcesByAddress(clusterStack(config)), ...resourcesByAddress(tenancyStack(config))];

describe("every kind of resource", () => {
  it("that takes tags says which cluster it is of, and the user's own", () => {
    const tagged = resources.filter(([address]) => takes(address, "tags"));
    expect(new Set(tagged.map(([address]) => address.slice(0, address.indexOf(".")))).size).toBeGreaterThan(10);
    for (const [address, attributes] of tagged) {
      expect({ address, tags: attributes["tags"] }).toMatchObject({
        tags: expect.arrayContaining(["kaas.cluster=demo", "team=platform"]) as unknown,
      });
    }
  });

  it("that takes metadata says the same there", () => {
    const described = resources.filter(([address]) => takes(address, "metadata"));
    expect(described.length).toBeGreaterThan(10);
    for (const [address, attributes] of described) {
      const key = address.startsWith("openstack_objectstorage") ? "kaas-cluster" : "kaas.cluster";
      expect({ address, metadata: attributes["metadata"] }).toMatchObject({
        metadata: { [key]: "demo", team: "platform" },
      });
    }
  });

  it("that takes a description but no tags names the cluster there, save rules, which stand in a group", () => {
    const described = resources.filter(
      ([address]) => takes(address, "description") && !takes(address, "tags") && !address.includes("secgroup_rule"),
    );
    expect(described.length).toBeGreaterThan(5);
    for (const [address, { description }] of described) {
      expect({ address, description }).toEqual({
        address,
        description: expect.stringContaining("Kubernetes cluster demo") as unknown,
      });
    }
  });

  it("that has a name starts it with the cluster's, so that two clusters share a project", () => {
    const named = [...resourcesByAddress(clusterStack(config))].filter(
      ([address, { name }]) => name !== undefined && !address.includes("_dns_"),
    );
    expect(named.length).toBeGreaterThan(30);
    for (const [address, { name }] of named) {
      expect({ address, name }).toEqual({ address, name: expect.stringMatching(/^demo-/) as unknown });
    }
  });
});

describe("tags", () => {
  it.each(["etcd", "controller", "worker"])("say that a server and its port are of the role %s", (role) => {
    const stack = clusterStack(config);
    for (const [type, part] of [
      ["openstack_compute_instance_v2", "instance"],
      ["openstack_networking_port_v2", "port"],
    ] as const) {
      expect(resource(stack, type, `${role}-0_${part}`)["tags"]).toContain(`kaas.role=${role}`);
    }
  });

  it("keep within the clouds' limits: 60 characters, neither comma nor slash", () => {
    const longest = openStackCluster({
      cluster: { name: "a".repeat(20), tags: { ["k".repeat(28)]: "v".repeat(28), "cost-center": "e_f+g h-i" } },
    });
    const texts = [...resourcesByAddress(clusterStack(longest)).values()].flatMap(
      (attributes) => (attributes["tags"] ?? []) as readonly string[],
    );
    expect(Math.max(...texts.map((text) => text.length))).toBe(57);
    expect(texts.filter((text) => /[,/]/.test(text))).toEqual([]);
  });
});

describe("a cluster's identity", () => {
  const identity = new ClusterIdentity("demo", { team: "platform" });

  it("says the same in tags as in metadata", () => {
    expect(identity.tags("etcd")).toEqual(["kaas.cluster=demo", "kaas.role=etcd", "team=platform"]);
    expect(identity.metadata("etcd")).toEqual({ "kaas.cluster": "demo", "kaas.role": "etcd", team: "platform" });
  });

  it("names no role for what belongs to none", () => {
    expect(identity.tags()).toEqual(["kaas.cluster=demo", "team=platform"]);
  });

  it("knows what bears its metadata, whatever else that bears, from what bears another cluster's or none", () => {
    const identity = new ClusterIdentity("demo");
    expect(identity.marks({ "kaas.cluster": "demo", team: "platform" })).toBe(true);
    expect(identity.marks({ "kaas.cluster": "other" })).toBe(false);
    expect(identity.marks({})).toBe(false);
    expect(identity.marks({ "kaas.cluster": "demo" }, "worker")).toBe(false);
    expect(identity.marks({ "kaas.cluster": "demo", "kaas.role": "worker" }, "worker")).toBe(true);
  });
});
