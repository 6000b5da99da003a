import { describe, expect, test } from "@jest/globals";
import { judgeInstanceTypes, type InstanceType } from "../../../src/preflight/aws/instance-types.js";
import { familyOf } from "../../../src/preflight/aws/quota-codes.js";
import { eksCluster } from "../../support/clusters.js";

const good: InstanceType = { vcpus: 4, architectures: ["x86_64"], usageClasses: ["on-demand", "spot"] };
const everywhere = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];
const judge = (type: Partial<InstanceType>, zones: readonly string[], capacity = "on-demand") =>
  judgeInstanceTypes(
    eksCluster({ workers: [{ name: "default", instanceTypes: ["m7i.xlarge"], capacity }] }),
    { ok: true, value: new Map([["m7i.xlarge", { ...good, ...type }]]) },
    { ok: true, value: new Map([["m7i.xlarge", zones]]) },
  );

describe("an instance type", () => {
  test("that every zone offers is ok", () => {
    expect(judge({}, everywhere)).toMatchObject([{ state: "ok", message: "m7i.xlarge: offered in every zone" }]);
  });

  test("that a zone lacks fails by the name of the zone", () => {
    expect(judge({}, ["eu-central-1a", "eu-central-1c"])).toMatchObject([
      {
        state: "failure",
        message: "m7i.xlarge is not offered in eu-central-1b",
        remedy: "choose another type, or zones that offer this one: eu-central-1a, eu-central-1c",
      },
    ]);
    expect(judge({}, ["eu-central-1a"])).toMatchObject([{ remedy: "choose another type" }]);
  });

  test("of other processors than its name tells fails", () => {
    expect(judge({ architectures: ["arm64"] }, everywhere)).toMatchObject([
      { state: "failure", message: "m7i.xlarge has processors of arm64" },
    ]);
  });

  test("that is not sold as spot fails in a spot group alone", () => {
    const onDemandOnly = { usageClasses: ["on-demand"] };
    expect(judge(onDemandOnly, everywhere, "spot")).toMatchObject([
      { state: "failure", message: "m7i.xlarge is not sold as spot" },
    ]);
    expect(judge(onDemandOnly, everywhere)).toMatchObject([{ state: "ok" }]);
  });

  test("is unknown when AWS does not say, once for each question", () => {
    const denied = (permission: string) => ({ ok: false, refusal: { kind: "denied" }, permission }) as const;
    const findings = judgeInstanceTypes(
      eksCluster(),
      denied("ec2:DescribeInstanceTypes"),
      denied("ec2:DescribeInstanceTypeOfferings"),
    );
    expect(findings.map(({ state, expected }) => [state, expected])).toEqual([
      ["unknown", "the right to ec2:DescribeInstanceTypes"],
      ["unknown", "the right to ec2:DescribeInstanceTypeOfferings"],
    ]);
  });
});

test.each([
  ["m7i.xlarge", "standard"],
  ["im4gn.large", "standard"],
  ["t4g.small", "standard"],
  ["hs1.8xlarge", "standard"],
  ["d3en.xlarge", "standard"],
  ["gr6.4xlarge", "G and VT"],
  ["g5g.xlarge", "G and VT"],
  ["vt1.3xlarge", "G and VT"],
  ["p5.48xlarge", "P"],
  ["x2iedn.xlarge", "X"],
  ["dl1.24xlarge", "DL"],
  ["inf2.xlarge", "Inf"],
  ["trn1.2xlarge", "Trn"],
  ["hpc7a.12xlarge", "HPC"],
  ["u-6tb1.metal", "High Memory"],
  ["u7i-12tb.224xlarge", "High Memory"],
])("vCPUs of %s count against the quota of %s instances", (instanceType, family) => {
  expect(familyOf(instanceType).title).toBe(family);
});
