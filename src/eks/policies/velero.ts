import { bucketUse } from "./bucket-use.js";
import { ownershipTag, requestTagged, resourceTagged } from "./cluster-tags.js";
import { volumeEncryption, type EncryptedBucket } from "./data-key-use.js";
import { arnOf, type AccountFacts } from "./facts.js";
import type { Statement } from "./policy-document.js";

/**
 * What Velero may do: keep backups in its bucket, and take and restore snapshots of this cluster's volumes, to which its
 * plugin copies the volumes' tags. A backup of another cluster is restored with `AWS_CLUSTER_NAME` set to this one, and
 * its snapshots tagged as this one's. Source: vmware-tanzu/velero-plugin-for-aws, README.md
 */
export function veleroPolicy(facts: AccountFacts, storage: EncryptedBucket): readonly Statement[] {
  return [
    ...bucketUse(facts, storage, {
      bucket: ["s3:ListBucket"],
      objects: [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetObject",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
        "s3:PutObjectTagging",
      ],
    }),
    ...volumeSnapshots(facts),
    ...volumeEncryption(facts, storage.keyArn),
  ];
}

function volumeSnapshots(facts: AccountFacts): readonly Statement[] {
  const volumes = [arnOf(facts, "ec2", "volume/*")];
  const snapshots = [arnOf({ ...facts, accountId: "" }, "ec2", "snapshot/*")];
  const owned = resourceTagged(ownershipTag(facts), "owned");
  const madeOwned = requestTagged(ownershipTag(facts), "owned");
  return [
    { sid: "FindVolumes", actions: ["ec2:DescribeSnapshots", "ec2:DescribeVolumes"], resources: ["*"] },
    { sid: "ReadVolumes", actions: ["ec2:CreateSnapshot"], resources: volumes, conditions: owned },
    { sid: "CreateSnapshots", actions: ["ec2:CreateSnapshot"], resources: snapshots, conditions: madeOwned },
    {
      sid: "ManageSnapshots",
      actions: ["ec2:CreateVolume", "ec2:DeleteSnapshot"],
      resources: snapshots,
      conditions: owned,
    },
    { sid: "RestoreVolumes", actions: ["ec2:CreateVolume"], resources: volumes, conditions: madeOwned },
    {
      sid: "TagWhatIsCreated",
      actions: ["ec2:CreateTags"],
      resources: [...volumes, ...snapshots],
      conditions: {
        StringEquals: { ...madeOwned["StringEquals"], "ec2:CreateAction": ["CreateSnapshot", "CreateVolume"] },
      },
    },
  ];
}
