import { describe, expect, it } from "@jest/globals";
import { bucketPolicy } from "../../../src/eks/policies/bucket.js";

describe("a bucket", () => {
  const arn = "arn:aws:s3:::demo-velero";
  const statements = bucketPolicy(arn);

  it("refuses everybody, itself and its objects, and allows nobody", () => {
    for (const { effect, principals, actions, resources } of statements) {
      expect({ effect, principals, actions }).toEqual({
        effect: "Deny",
        principals: { AWS: ["*"] },
        actions: ["s3:*"],
      });
      expect(resources).toEqual([arn, `${arn}/*`]);
    }
  });

  it("refuses requests in the clear, and those of an older TLS than 1.2, each by itself", () => {
    expect(statements.map(({ conditions }) => conditions)).toEqual([
      { Bool: { "aws:SecureTransport": ["false"] } },
      { NumericLessThan: { "s3:TlsVersion": ["1.2"] } },
    ]);
  });
});
