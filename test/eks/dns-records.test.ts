import { describe, expect, it } from "@jest/globals";
import { eksCluster, type BootstrapChanges } from "../support/clusters.js";
import { clusterStack, dataSourcesOf, resource, resourcesOf } from "../support/synthesized.js";

const stackOf = (dns: Readonly<Record<string, unknown>>, changes: BootstrapChanges = {}) =>
  clusterStack(eksCluster({ ...changes, provider: { dns } }));

describe("a cluster's zone", () => {
  it("is made in Route 53, by its name without the last dot, and its name servers are told", () => {
    const stack = stackOf({});
    expect(resource(stack, "aws_route53_zone", "dns_zone")["name"]).toBe("demo.example.com");
    expect(stack.output["name_servers"]?.["value"]).toBe("${aws_route53_zone.dns_zone.name_servers}");
  });

  it("is public: a zone of a VPC answers nobody else", () => {
    expect(resource(stackOf({}), "aws_route53_zone", "dns_zone")).not.toHaveProperty("vpc");
  });

  it("that exists is found by its name, among public ones, and not made", () => {
    const stack = stackOf({ manage: "records", zone: "example.com." });
    expect(resourcesOf(stack, "aws_route53_zone")).toEqual({});
    expect(dataSourcesOf(stack, "aws_route53_zone")["dns_zone"]).toMatchObject({
      name: "example.com",
      private_zone: false,
    });
    expect(resource(stack, "aws_route53_record", "dns_ingress")["zone_id"]).toBe(
      "${data.aws_route53_zone.dns_zone.zone_id}",
    );
    expect(stack.output).not.toHaveProperty("name_servers");
  });

  it("and its names are left alone where they are the user's to set", () => {
    const stack = stackOf({ manage: "none" });
    for (const type of ["aws_route53_zone", "aws_route53_record"]) expect(resourcesOf(stack, type)).toEqual({});
    expect(stack.data).not.toHaveProperty("aws_route53_zone");
  });
});

describe("the ingress' name", () => {
  it("is a wildcard of the cluster's domain that points to the reserved addresses of all zones", () => {
    expect(resource(stackOf({ ttlSeconds: 120 }), "aws_route53_record", "dns_ingress")).toMatchObject({
      zone_id: "${aws_route53_zone.dns_zone.zone_id}",
      name: "*.demo.example.com",
      type: "A",
      ttl: 120,
      records: ["${aws_eip.ingress_a.public_ip}", "${aws_eip.ingress_b.public_ip}"],
    });
  });

  it("is not there without an ingress", () => {
    const stack = stackOf({}, { services: { ingress: { enabled: false } } });
    expect(resourcesOf(stack, "aws_route53_record")).toEqual({});
    expect(Object.keys(resourcesOf(stack, "aws_route53_zone"))).toHaveLength(1);
  });
});
