import { demo, other } from "../../../eks/policies/support/documents.js";
import {
  call,
  calls,
  decryptSecrets,
  ec2,
  inBucket,
  keyThrough,
  keyForObjects,
  ownedBy,
  tagged,
  type ServiceCalls,
} from "./calls.js";

const { registryBucketArn: bucket, dataKeyArn } = demo;
const image = inBucket(`${bucket}/docker/registry/v2/blobs/sha256/aa/data`);
const elsewhere = { "aws:ResourceAccount": "999988887777" };

export const registryCalls: ServiceCalls = {
  allowed: [
    ...calls(
      "its bucket",
      ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      inBucket(bucket),
    ),
    ...calls(
      "a layer",
      ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
      image,
    ),
    ...calls("a layer", ["kms:Decrypt", "kms:GenerateDataKey"], keyForObjects(dataKeyArn, bucket)),
  ],
  refused: [
    decryptSecrets,
    call("read backups", "s3:GetObject", inBucket(`${demo.veleroBucketArn}/backups/x`)),
    call("list another cluster's images", "s3:ListBucket", inBucket(other.registryBucketArn)),
    call("overwrite another cluster's images", "s3:PutObject", inBucket(`${other.registryBucketArn}/docker/x`)),
    call("list a bucket that another account made of its name", "s3:ListBucket", inBucket(bucket, elsewhere)),
    call("store in a bucket that another account made of its name", "s3:PutObject", {
      ...image,
      context: { ...image.context, ...elsewhere },
    }),
    call("delete what is kept of overwritten layers", "s3:DeleteObjectVersion", image),
    call("make a layer public", "s3:PutObjectAcl", image),
    call("change how long layers are kept", "s3:PutLifecycleConfiguration", inBucket(bucket)),
    call("decrypt backups", "kms:Decrypt", keyForObjects(dataKeyArn, demo.veleroBucketArn)),
    call("decrypt a volume", "kms:Decrypt", keyForObjects(dataKeyArn, bucket, "ec2")),
    call("grant the key", "kms:CreateGrant", keyThrough("s3", dataKeyArn, { "kms:GrantIsForAWSResource": "true" })),
    call("delete a volume", "ec2:DeleteVolume", ec2("volume/vol-1", tagged(ownedBy(demo)))),
    call("look for volumes", "ec2:DescribeVolumes", { resource: "*" }),
  ],
};
