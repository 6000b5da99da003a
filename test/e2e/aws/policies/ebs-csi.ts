import { demo, other } from "../../../eks/policies/support/documents.js";
import {
  call,
  calls,
  decryptSecrets,
  ec2,
  keyThrough,
  looks,
  ownedBy,
  setting,
  tagged,
  type ServiceCalls,
} from "./calls.js";

const driver = { "ebs.csi.aws.com/cluster": "true", "ebs.csi.aws.com/cluster-name": "demo", CSIVolumeName: "pvc-1" };
const tags = { ...driver, ...ownedBy(demo) };
const foreignTags = { ...driver, "ebs.csi.aws.com/cluster-name": "other", ...ownedBy(other) };

const volume = ec2("volume/vol-1", tagged(tags));
const snapshot = ec2("snapshot/snap-1", tagged(tags));
const foreignVolume = ec2("volume/vol-2", tagged(foreignTags));
const foreignSnapshot = ec2("snapshot/snap-2", tagged(foreignTags));
const untagged = ec2("volume/vol-3");
const newVolume = ec2("volume/vol-4", setting(tags));
const newSnapshot = ec2("snapshot/snap-4", setting(tags));
const node = ec2("instance/i-1", tagged({ "eks:cluster-name": "demo" }));
const foreignNode = ec2("instance/i-2", tagged({ "eks:cluster-name": "other" }));

const creating = (action: string, sets = tags) => ({ ...setting(sets), "ec2:CreateAction": action });
const changing = (...keys: readonly string[]) =>
  ec2("volume/vol-1", { ...tagged(tags), ...setting(Object.fromEntries(keys.map((key) => [key, "x"]))) });
const key = keyThrough("ec2", demo.dataKeyArn);
const grant = (isForAws: string) => ({ "kms:GrantIsForAWSResource": isForAws });
const COPY = "a volume that is copied has tags, which AWS' list does not say";

export const ebsCsiCalls: ServiceCalls = {
  allowed: [
    ...looks(
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeInstances",
      "ec2:DescribeSnapshots",
      "ec2:DescribeTags",
      "ec2:DescribeVolumeStatus",
      "ec2:DescribeVolumes",
      "ec2:DescribeVolumesModifications",
    ),
    call("make a volume", "ec2:CreateVolume", newVolume),
    call("make a volume of a snapshot", "ec2:CreateVolume", newVolume, snapshot),
    call("copy a volume", "ec2:CopyVolumes", newVolume, { ...volume, unchecked: COPY }),
    call("take a snapshot", "ec2:CreateSnapshot", newSnapshot, volume),
    ...calls("a volume to a node", ["ec2:AttachVolume", "ec2:DetachVolume"], volume, node),
    ...calls("a volume", ["ec2:DeleteVolume", "ec2:ModifyVolume"], volume),
    ...calls("a snapshot", ["ec2:DeleteSnapshot", "ec2:EnableFastSnapshotRestores", "ec2:LockSnapshot"], snapshot),
    call("tag a new volume", "ec2:CreateTags", ec2("volume/vol-4", creating("CreateVolume"))),
    call("tag a copied volume", "ec2:CreateTags", ec2("volume/vol-4", creating("CopyVolumes"))),
    call("tag a new snapshot", "ec2:CreateTags", ec2("snapshot/snap-4", creating("CreateSnapshot"))),
    ...calls("of a volume that users gave it", ["ec2:CreateTags", "ec2:DeleteTags"], changing("team")),
    ...calls("for a volume", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"], key),
    call("grant a node the key of its volume", "kms:CreateGrant", {
      ...key,
      context: { ...key.context, ...grant("true") },
    }),
  ],
  refused: [
    decryptSecrets,
    ...calls("another cluster's volume", ["ec2:DeleteVolume", "ec2:ModifyVolume"], foreignVolume),
    ...calls("a volume that is no cluster's", ["ec2:DeleteVolume", "ec2:ModifyVolume"], untagged),
    call("attach another cluster's volume", "ec2:AttachVolume", foreignVolume, node),
    call("attach to another cluster's node", "ec2:AttachVolume", volume, foreignNode),
    call("attach to an instance that is no cluster's", "ec2:AttachVolume", volume, ec2("instance/i-3")),
    call("take a snapshot of another cluster's volume", "ec2:CreateSnapshot", newSnapshot, foreignVolume),
    call("restore another cluster's snapshot", "ec2:CreateVolume", newVolume, foreignSnapshot),
    call("delete another cluster's snapshot", "ec2:DeleteSnapshot", foreignSnapshot),
    call("make a volume without tags", "ec2:CreateVolume", ec2("volume/vol-4")),
    call("make a volume of another cluster's", "ec2:CreateVolume", ec2("volume/vol-4", setting(foreignTags))),
    call("take a snapshot without tags", "ec2:CreateSnapshot", ec2("snapshot/snap-4"), volume),
    call("tag another cluster's volume as this one's", "ec2:CreateTags", {
      ...foreignVolume,
      context: { ...foreignVolume.context, ...setting(tags) },
    }),
    call(
      "tag a new volume as another cluster's",
      "ec2:CreateTags",
      ec2("volume/vol-4", creating("CreateVolume", foreignTags)),
    ),
    call(
      "tag an instance",
      "ec2:CreateTags",
      ec2("instance/i-1", { ...setting(tags), "ec2:CreateAction": "RunInstances" }),
    ),
    call(
      "tag a volume that an instance is started with",
      "ec2:CreateTags",
      ec2("volume/vol-4", creating("RunInstances")),
    ),
    call("remove the tag of a volume's cluster", "ec2:DeleteTags", changing(...Object.keys(ownedBy(demo)))),
    call("remove the tag of a volume's driver", "ec2:DeleteTags", changing("ebs.csi.aws.com/cluster")),
    call("remove all tags of a volume", "ec2:DeleteTags", volume),
    call("change tags of another cluster's volume", "ec2:CreateTags", {
      ...foreignVolume,
      context: { ...foreignVolume.context, ...setting({ team: "x" }) },
    }),
    call("use the key for an object", "kms:Decrypt", keyThrough("s3", demo.dataKeyArn)),
    call("use the key in another region", "kms:Decrypt", keyThrough("ec2", demo.dataKeyArn, {}, "eu-west-1")),
    call("grant the key to somebody", "kms:CreateGrant", { ...key, context: { ...key.context, ...grant("false") } }),
    call("grant the key for an object", "kms:CreateGrant", keyThrough("s3", demo.dataKeyArn, grant("true"))),
    call("use a key of another cluster", "kms:GenerateDataKeyWithoutPlaintext", keyThrough("ec2", other.dataKeyArn)),
  ],
};
