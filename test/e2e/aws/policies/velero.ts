import { ACCOUNT, demo, other } from "../../../eks/policies/support/documents.js";
import {
  call,
  calls,
  decryptSecrets,
  ec2,
  inBucket,
  keyThrough,
  looks,
  keyForObjects,
  ownedBy,
  setting,
  tagged,
} from "./calls.js";
import type { ServiceCalls } from "./calls.js";

const { veleroBucketArn: bucket, dataKeyArn } = demo;
const object = inBucket(`${bucket}/backups/daily/velero-backup.json`);
const images = demo.registryBucketArn;

const tags = { ...ownedBy(demo), "velero.io/backup": "daily" };
const volume = ec2("volume/vol-1", tagged(ownedBy(demo)));
const snapshot = ec2("snapshot/snap-1", tagged(tags));
const newVolume = ec2("volume/vol-4", setting(tags));
const newSnapshot = ec2("snapshot/snap-4", setting(tags));
const foreignVolume = ec2("volume/vol-2", tagged(ownedBy(other)));
const foreignSnapshot = ec2("snapshot/snap-2", tagged(ownedBy(other)));
const creating = (action: string) => ({ ...setting(tags), "ec2:CreateAction": action });

const disk = keyThrough("ec2", dataKeyArn);
const grant = (isForAws: string) => ({ "kms:GrantIsForAWSResource": isForAws });

export const veleroCalls: ServiceCalls = {
  allowed: [
    call("list its bucket", "s3:ListBucket", inBucket(bucket)),
    call(
      "list its bucket by the oldest TLS that is safe",
      "s3:ListBucket",
      inBucket(bucket, { "s3:TlsVersion": "1.2" }),
    ),
    ...calls(
      "a backup",
      [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
        "s3:PutObjectTagging",
      ],
      object,
    ),
    ...calls("a backup", ["kms:Decrypt", "kms:GenerateDataKey"], keyForObjects(dataKeyArn, bucket)),
    call("decrypt a backup that has a key of its own", "kms:Decrypt", keyForObjects(dataKeyArn, object.resource)),
    ...looks("ec2:DescribeSnapshots", "ec2:DescribeVolumes"),
    call("take a snapshot", "ec2:CreateSnapshot", newSnapshot, volume),
    call("restore a volume", "ec2:CreateVolume", newVolume, snapshot),
    call("delete a snapshot", "ec2:DeleteSnapshot", snapshot),
    call("tag a new snapshot", "ec2:CreateTags", ec2("snapshot/snap-4", creating("CreateSnapshot"))),
    call("tag a restored volume", "ec2:CreateTags", ec2("volume/vol-4", creating("CreateVolume"))),
    ...calls("for a volume", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"], disk),
    call("grant a node the key of its volume", "kms:CreateGrant", {
      ...disk,
      context: { ...disk.context, ...grant("true") },
    }),
  ],
  refused: [
    decryptSecrets,
    call("write to a bucket whose name begins like its own", "s3:PutObject", inBucket(`${bucket}-copy/x`)),
    call(
      "decrypt for a bucket whose name begins like its own",
      "kms:Decrypt",
      keyForObjects(dataKeyArn, `${bucket}-copy/x`),
    ),
    call("read images", "s3:GetObject", inBucket(`${images}/docker/registry/v2/blobs/x`)),
    call("list another cluster's backups", "s3:ListBucket", inBucket(other.veleroBucketArn)),
    call("write to another cluster's backups", "s3:PutObject", inBucket(`${other.veleroBucketArn}/backups/x`)),
    call(
      "list a bucket that another account made of its name",
      "s3:ListBucket",
      inBucket(bucket, { "aws:ResourceAccount": "999988887777" }),
    ),
    call("store in a bucket that another account made of its name", "s3:PutObject", {
      ...object,
      context: { ...object.context, "aws:ResourceAccount": "999988887777" },
    }),
    call("delete what is kept of overwritten backups", "s3:DeleteObjectVersion", object),
    call("give a backup away", "s3:PutObjectAcl", object),
    call("end the keeping of overwritten backups", "s3:PutBucketVersioning", inBucket(bucket)),
    call("read a backup in the clear", "s3:GetObject", {
      ...object,
      context: { ...object.context, "aws:SecureTransport": "false" },
    }),
    call("list backups by an old TLS", "s3:ListBucket", inBucket(bucket, { "s3:TlsVersion": "1.1" })),
    call("decrypt images", "kms:Decrypt", keyForObjects(dataKeyArn, images)),
    call(
      "make a key for an object of another region",
      "kms:GenerateDataKey",
      keyForObjects(dataKeyArn, bucket, "s3", "eu-west-1"),
    ),
    call("decrypt for an image of ECR", "kms:Decrypt", keyForObjects(dataKeyArn, bucket, "ecr")),
    call("take a snapshot of another cluster's volume", "ec2:CreateSnapshot", newSnapshot, foreignVolume),
    call("take a snapshot without tags", "ec2:CreateSnapshot", ec2("snapshot/snap-4"), volume),
    call("delete another cluster's snapshot", "ec2:DeleteSnapshot", foreignSnapshot),
    call("delete a snapshot that is no cluster's", "ec2:DeleteSnapshot", ec2("snapshot/snap-3")),
    call("restore another cluster's snapshot", "ec2:CreateVolume", newVolume, foreignSnapshot),
    call("restore a volume without tags", "ec2:CreateVolume", ec2("volume/vol-4"), snapshot),
    call("delete a volume", "ec2:DeleteVolume", volume),
    call("attach a volume", "ec2:AttachVolume", volume, ec2("instance/i-1", tagged(ownedBy(demo)))),
    call("tag another cluster's snapshot as this one's", "ec2:CreateTags", {
      ...foreignSnapshot,
      context: { ...foreignSnapshot.context, ...setting(tags) },
    }),
    call(
      "tag a new snapshot as another cluster's",
      "ec2:CreateTags",
      ec2("snapshot/snap-4", { ...setting(ownedBy(other)), "ec2:CreateAction": "CreateSnapshot" }),
    ),
    call("use the volumes' key in another region", "kms:Decrypt", keyThrough("ec2", dataKeyArn, {}, "eu-west-1")),
    call("grant the key to somebody", "kms:CreateGrant", { ...disk, context: { ...disk.context, ...grant("false") } }),
    call("grant the key for an object", "kms:CreateGrant", keyThrough("s3", dataKeyArn, grant("true"))),
    call("work for another account", "s3:ListBucket", {
      resource: `arn:aws:s3:::backups-of-${ACCOUNT.split("").reverse().join("")}`,
      context: {},
    }),
  ],
};
