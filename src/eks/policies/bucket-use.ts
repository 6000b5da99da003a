import { objectEncryption, type EncryptedBucket } from "./data-key-use.js";
import type { AccountFacts } from "./facts.js";
import type { Statement } from "./policy-document.js";

export interface BucketActions {
  readonly bucket: readonly string[];
  readonly objects: readonly string[];
}

/**
 * The actions on one bucket and its objects, in this account: a bucket's name is free for anybody once it is deleted.
 * With them goes the use of the key that the objects are encrypted with.
 */
export function bucketUse(facts: AccountFacts, storage: EncryptedBucket, actions: BucketActions): readonly Statement[] {
  const conditions = { StringEquals: { "aws:ResourceAccount": [facts.accountId] } };
  return [
    { sid: "FindObjects", actions: actions.bucket, resources: [storage.bucketArn], conditions },
    { sid: "StoreObjects", actions: actions.objects, resources: [`${storage.bucketArn}/*`], conditions },
    objectEncryption(facts, storage),
  ];
}
