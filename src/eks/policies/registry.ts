import { bucketUse } from "./bucket-use.js";
import type { EncryptedBucket } from "./data-key-use.js";
import type { AccountFacts } from "./facts.js";
import type { Statement } from "./policy-document.js";

/**
 * What Harbor's registry may do: keep images in its bucket.
 * Source: distribution/distribution, docs/content/storage-drivers/s3.md
 */
export function registryPolicy(facts: AccountFacts, storage: EncryptedBucket): readonly Statement[] {
  return bucketUse(facts, storage, {
    bucket: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
    objects: [
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
    ],
  });
}
