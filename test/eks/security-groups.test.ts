import { describe, expect, it } from "@jest/globals";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf, type Attributes } from "../support/synthesized.js";

const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";
const closedNetwork = { provider: { nat: "none" }, containerImages: { mirror: "registry.example.com/mirror" } };
const stackOf = (changes: BootstrapChanges = {}) => clusterStack(eksCluster(changes));
const groupsOf = (changes: BootstrapChanges = {}) => resourcesOf(stackOf(changes), "aws_security_group");
const rulesOf = (changes: BootstrapChanges, type: string) => Object.values(resourcesOf(stackOf(changes), type));

/** What EC2 takes in the description of a group or a rule. docs.aws.amazon.com/AWSEC2 API_CreateSecurityGroup */
const DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
/** docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits: rules of a group, for each direction. */
const RULES_QUOTA = 60;

describe("security groups", () => {
  it("are one for each kind of interface, named for the cluster, in its VPC", () => {
    expect(Object.values(groupsOf()).map(({ name }) => name)).toEqual([
      "demo-control-plane",
      "demo-load-balancers",
      "demo-workers",
    ]);
    for (const { vpc_id } of Object.values(groupsOf())) expect(vpc_id).toBe("${aws_vpc.vpc.id}");
  });

  it("have one more for interface endpoints, where nodes have no way out", () => {
    expect(Object.keys(groupsOf(closedNetwork))).toContain("security-group_endpoints");
    expect(Object.keys(groupsOf())).not.toContain("security-group_endpoints");
  });

  it("hold no rule themselves: mixed with rules that stand alone, Terraform would remove one or the other", () => {
    for (const group of Object.values(groupsOf())) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  it("bear the tag by which the balancers' controller knows the nodes' group, and no other does", () => {
    const tagged = Object.entries(groupsOf(closedNetwork)).filter(
      ([, { tags }]) => "kubernetes.io/cluster/demo" in (tags as Attributes),
    );
    expect(tagged.map(([name]) => name)).toEqual(["security-group_workers"]);
  });
});

describe("security group rules", () => {
  const ranges = ["198.51.100.0/24", "203.0.113.0/24"];

  it("name who sends and who receives: a group, a range, or a service's list of addresses", () => {
    const stack = stackOf({ ...closedNetwork, network: { ingressAllowedCidrs: ranges } });
    expect(resource(stack, INGRESS, "security-group_workers-kubelet-from-control-plane")).toMatchObject({
      security_group_id: "${aws_security_group.security-group_workers.id}",
      referenced_security_group_id: "${aws_security_group.security-group_control-plane.id}",
      ip_protocol: "tcp",
      from_port: 10250,
      to_port: 10250,
    });
    expect(resource(stack, INGRESS, "security-group_load-balancers-https-from-198-51-100-0-24")).toMatchObject({
      security_group_id: "${aws_security_group.security-group_load-balancers.id}",
      cidr_ipv4: "198.51.100.0/24",
      from_port: 443,
      to_port: 443,
    });
    expect(resource(stack, EGRESS, "security-group_workers-gateways-to-s3")).toMatchObject({
      security_group_id: "${aws_security_group.security-group_workers.id}",
      prefix_list_id: "${aws_vpc_endpoint.vpc-endpoint_s3.prefix_list_id}",
      from_port: 443,
      to_port: 443,
    });
  });

  it("of all protocols name no port, which EC2 refuses, and all others name both", () => {
    for (const type of [INGRESS, EGRESS]) {
      for (const rule of rulesOf(closedNetwork, type)) {
        const ports = ["from_port", "to_port"].filter((port) => port in rule);
        expect(ports).toEqual(rule["ip_protocol"] === "-1" ? [] : ["from_port", "to_port"]);
      }
    }
  });

  it("keep their names when a range is put before another, or another comes", () => {
    const named = (ingressAllowedCidrs: readonly string[]) =>
      resourcesOf(stackOf({ network: { ingressAllowedCidrs } }), INGRESS);
    expect(named([...ranges].reverse())).toEqual(named(ranges));
    expect(named(["192.0.2.0/24", ...ranges])).toMatchObject(named(ranges));
  });

  it.each<[string, BootstrapChanges]>([
    ["NAT", { network: { ingressAllowedCidrs: ranges } }],
    ["no way out", closedNetwork],
    [
      "an ingress for the VPC's own, without a way out",
      { ...closedNetwork, network: { ingressAllowedCidrs: ["10.0.0.0/16"] } },
    ],
  ])("never say the same twice, which EC2 refuses, with %s", (_title, changes) => {
    for (const type of [INGRESS, EGRESS]) {
      const compared = rulesOf(changes, type).map(({ "//": _origin, description: _purpose, ...rule }) =>
        JSON.stringify(rule),
      );
      expect(compared.filter((rule, index) => compared.indexOf(rule) !== index)).toEqual([]);
    }
  });

  it("of a group stay below EC2's quota with twenty ranges of users", () => {
    const ingressAllowedCidrs = Array.from({ length: 20 }, (_, index) => `100.64.${index}.0/24`);
    for (const changes of [
      { network: { ingressAllowedCidrs } },
      { ...closedNetwork, network: { ingressAllowedCidrs } },
    ]) {
      for (const type of [INGRESS, EGRESS]) {
        const groups = rulesOf(changes, type).map((rule) => String(rule["security_group_id"]));
        expect(groups.length).toBeGreaterThan(0);
        for (const group of new Set(groups)) {
          expect(groups.filter((other) => other === group).length).toBeLessThan(RULES_QUOTA);
        }
      }
    }
  });

  it("say what they are for, in characters that EC2 takes, and so do the groups", () => {
    const changes = { ...closedNetwork, network: { ingressAllowedCidrs: ranges } };
    const all = [...Object.values(groupsOf(changes)), ...rulesOf(changes, INGRESS), ...rulesOf(changes, EGRESS)];
    expect(all.length).toBeGreaterThan(20);
    for (const { description } of all) expect(description).toMatch(DESCRIPTION);
  });
});
