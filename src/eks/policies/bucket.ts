import type { Statement } from "./policy-document.js";

/**
 * Refuses whoever talks to the bucket in the clear, or with a TLS that can be broken.
 * Source: docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices
 */
export function bucketPolicy(bucketArn: string): readonly Statement[] {
  const everything = {
    effect: "Deny",
    principals: { AWS: ["*"] },
    actions: ["s3:*"],
    resources: [bucketArn, `${bucketArn}/*`],
  } as const;
  return [
    { sid: "DenyWithoutTls", ...everything, conditions: { Bool: { "aws:SecureTransport": ["false"] } } },
    { sid: "DenyBelowTls12", ...everything, conditions: { NumericLessThan: { "s3:TlsVersion": ["1.2"] } } },
  ];
}
