import { describe, expect, it } from "@jest/globals";
import { bottlerocketUserData } from "../../src/bootstrap/eks/bottlerocket.js";
import type { EksNodeFacts } from "../../src/bootstrap/eks/node-facts.js";
import { nodeadmUserData } from "../../src/bootstrap/eks/nodeadm.js";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, type Attributes } from "../support/synthesized.js";
import { clusterFacts, userDataOf } from "./support/user-data.js";

interface Fields {
  readonly name?: string;
  readonly [field: string]: unknown;
}

const ownImage = { id: "ami-0123456789abcdef0" };
const group = (fields: Fields = {}, changes: BootstrapChanges = {}) =>
  clusterStack(eksCluster({ ...changes, workers: [fields] }));
const template = (fields: Fields = {}, changes: BootstrapChanges = {}) =>
  resource(group(fields, changes), "aws_launch_template", `nodes_group_${fields.name ?? "default"}_template`);

describe("a node group's servers", () => {
  it("answer for their metadata with a token alone, one hop far: to the host, and to no pod of another network", () => {
    expect(template()["metadata_options"]).toMatchObject({
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 1,
      instance_metadata_tags: "disabled",
    });
  });

  it.each([
    ["al2023", "/dev/xvda"],
    ["bottlerocket", "/dev/xvdb"],
    [ownImage, "/dev/xvda"],
  ])("of %j keep images and pods on an encrypted gp3 disk at %s, which goes with them", (ami, device) => {
    const mappings = template({ ami, diskGiB: 77 })["block_device_mappings"] as readonly Attributes[];
    expect(mappings.at(-1)).toEqual({
      device_name: device,
      ebs: { volume_type: "gp3", volume_size: 77, encrypted: "true", delete_on_termination: "true" },
    });
  });

  it("of Bottlerocket have their system on an encrypted disk too, as large as its image", () => {
    expect(template({ ami: "bottlerocket" })["block_device_mappings"]).toMatchObject([
      { device_name: "/dev/xvda", ebs: { volume_type: "gp3", encrypted: "true", delete_on_termination: "true" } },
      { device_name: "/dev/xvdb" },
    ]);
    const [system] = template({ ami: "bottlerocket" })["block_device_mappings"] as readonly { readonly ebs: object }[];
    expect(system?.ebs).not.toHaveProperty("volume_size");
    expect(template({})["block_device_mappings"]).toHaveLength(1);
  });

  it("bear the cluster's tags and the user's, on instances, volumes and interfaces: the provider's do not reach them", () => {
    const specifications = template({}, { cluster: { tags: { team: "platform" } } })["tag_specifications"];
    expect(specifications).toEqual(
      ["instance", "volume", "network-interface"].map((resource_type) => ({
        resource_type,
        tags: { Name: "demo-worker", "kaas.cluster": "demo", "kaas.role": "worker", team: "platform" },
      })),
    );
  });

  it("stand in the nodes' group and no other: EKS would add its own where none is named", () => {
    expect(template()["vpc_security_group_ids"]).toEqual(["${aws_security_group.security-group_workers.id}"]);
    expect(template()).not.toHaveProperty("network_interfaces");
  });

  it("start from the user's own image where one is named, else from what EKS chooses", () => {
    expect(template({ ami: ownImage })["image_id"]).toBe(ownImage.id);
    for (const ami of ["al2023", "bottlerocket"]) expect(template({ ami })).not.toHaveProperty("image_id");
  });

  it("have nothing that EKS refuses in a template of its own", () => {
    for (const ami of ["al2023", "bottlerocket", ownImage]) {
      const given = template({ ami, capacity: "spot" });
      for (const field of ["instance_type", "iam_instance_profile", "instance_market_options", "hibernation_options"]) {
        expect(given).not.toHaveProperty(field);
      }
    }
  });

  it("are named for their group, as on OpenStack", () => {
    const nameOf = (fields: Fields) => template(fields)["name_prefix"];
    expect(nameOf({})).toBe("demo-worker-");
    expect(nameOf({ name: "gpu" })).toBe("demo-worker-gpu-");
  });
});

describe("user-data", () => {
  const mirror = "registry.example.com/mirror";
  const taints = [{ key: "dedicated", value: "gpu", effect: "NoSchedule" }] as const;
  const labels = { workload: "batch" };
  const facts: EksNodeFacts = {
    ...clusterFacts,
    clusterName: "demo",
    serviceCidr: "172.20.0.0/16",
    pool: { name: "gpu", labels, taints },
  };
  const fields = { name: "gpu", labels, taints };

  it.each([
    ["al2023", nodeadmUserData],
    ["bottlerocket", bottlerocketUserData],
  ])("of %s is what its nodes are told, once Terraform has put in what it knows", (ami, told) => {
    expect(userDataOf(clusterStack(eksCluster({ workers: [{}, { ...fields, ami }] })), "gpu")).toBe(told(facts));
  });

  it("of the user's own image is nodeadm's", () => {
    const stack = clusterStack(eksCluster({ workers: [{}, { ...fields, ami: ownImage }] }));
    expect(userDataOf(stack, "gpu")).toBe(nodeadmUserData(facts));
  });

  it.each([
    ["al2023", nodeadmUserData],
    ["bottlerocket", bottlerocketUserData],
  ])("of %s names the mirror", (ami, told) => {
    const stack = clusterStack(eksCluster({ workers: [{}, { ...fields, ami }], containerImages: { mirror } }));
    expect(userDataOf(stack, "gpu")).toBe(told({ ...facts, mirror }));
  });

  it.each(["al2023", "bottlerocket"])("of %s stays below EC2's 16 KiB with a mirror and 50 long labels", (ami) => {
    const long = (letter: string, index: number) => `${letter.repeat(60)}${String(index).padStart(3, "0")}`;
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [long("k", index), long("v", index)]));
    const text = userDataOf(group({ ami, labels: many }, { containerImages: { mirror } }), "default");
    expect(text).toContain(long("v", 49));
    expect(Buffer.byteLength(text)).toBeLessThan(16 * 1024);
  });

  it("is refused at synth where labels make it longer than EC2 takes", () => {
    const labels = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`example.com/${"k".repeat(50)}${index}`, "v".repeat(60)]),
    );
    expect(() => group({ labels })).toThrow("node group default of demo: what its nodes are told can exceed");
  });

  it("has no secret: nodes sign in by their role", () => {
    const text = userDataOf(group(), "default");
    expect(text).not.toMatch(/PRIVATE KEY|token|password|secret/i);
  });
});
