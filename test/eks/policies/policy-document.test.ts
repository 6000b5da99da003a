import { describe, expect, it } from "@jest/globals";
import { policyDocument } from "../../../src/eks/policies/policy-document.js";

describe("a policy document", () => {
  it("holds the statements as IAM reads them, in their order, with single values in lists", () => {
    const document = policyDocument([
      {
        conditions: { Bool: { "aws:SecureTransport": ["false"] } },
        resources: ["arn:aws:s3:::b"],
        actions: ["s3:*"],
        principals: { AWS: ["*"] },
        effect: "Deny",
        sid: "DenyWithoutTls",
      },
      { sid: "Find", actions: ["ec2:DescribeVolumes"], resources: ["*"] },
    ]);
    expect(document).toBe(
      '{"Version":"2012-10-17","Statement":[' +
        '{"Sid":"DenyWithoutTls","Effect":"Deny","Principal":{"AWS":["*"]},"Action":["s3:*"],' +
        '"Resource":["arn:aws:s3:::b"],"Condition":{"Bool":{"aws:SecureTransport":["false"]}}},' +
        '{"Sid":"Find","Effect":"Allow","Action":["ec2:DescribeVolumes"],"Resource":["*"]}]}',
    );
  });

  it("leaves out what a statement does not say, like the resource of a trust policy", () => {
    const { Statement: statements } = JSON.parse(
      policyDocument([{ sid: "Service", principals: { Service: ["eks.amazonaws.com"] }, actions: ["sts:AssumeRole"] }]),
    ) as { readonly Statement: readonly object[] };
    expect(Object.keys(statements[0] ?? {})).toEqual(["Sid", "Effect", "Principal", "Action"]);
  });
});
