import { keepingTags, ownershipTag, requestTagged, resourceTagged } from "./cluster-tags.js";
import { volumeEncryption } from "./data-key-use.js";
import { arnOf, type AccountFacts } from "./facts.js";
import type { Statement } from "./policy-document.js";

/** Tags by which policies, this one and others', know what the driver manages. It may not change them later. */
const DRIVER_TAGS = ["ebs.csi.aws.com/cluster", "ebs.csi.aws.com/cluster-name", "kubernetes.io/created-for/pvc/name"];

/**
 * What the EBS CSI driver may do: make volumes and snapshots of this cluster, and manage those alone. It must run with
 * `--k8s-tag-cluster-id=<cluster>`; a volume or snapshot made elsewhere needs the cluster's ownership tag before it can
 * be attached or restored. Source: kubernetes-sigs/aws-ebs-csi-driver,
 * docs/AmazonEBSCSIDriverEKSClusterScopedPolicy.json and docs/install.md
 */
export function ebsCsiPolicy(facts: AccountFacts, keyArn: string): readonly Statement[] {
  const volumes = [arnOf(facts, "ec2", "volume/*")];
  const snapshots = [arnOf({ ...facts, accountId: "" }, "ec2", "snapshot/*")];
  const ownership = ownershipTag(facts);
  const owned = resourceTagged(ownership, "owned");
  const madeOwned = requestTagged(ownership, "owned");
  return [
    {
      sid: "FindVolumesAndInstances",
      actions: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeSnapshots",
        "ec2:DescribeTags",
        "ec2:DescribeVolumeStatus",
        "ec2:DescribeVolumes",
        "ec2:DescribeVolumesModifications",
      ],
      resources: ["*"],
    },
    {
      sid: "CreateVolumes",
      actions: ["ec2:CopyVolumes", "ec2:CreateVolume"],
      resources: volumes,
      conditions: madeOwned,
    },
    { sid: "CreateSnapshots", actions: ["ec2:CreateSnapshot"], resources: snapshots, conditions: madeOwned },
    {
      sid: "ManageVolumes",
      actions: [
        "ec2:AttachVolume",
        "ec2:CopyVolumes",
        "ec2:CreateSnapshot",
        "ec2:DeleteVolume",
        "ec2:DetachVolume",
        "ec2:ModifyVolume",
      ],
      resources: volumes,
      conditions: owned,
    },
    {
      sid: "AttachToNodes",
      actions: ["ec2:AttachVolume", "ec2:DetachVolume"],
      resources: [arnOf(facts, "ec2", "instance/*")],
      conditions: resourceTagged("eks:cluster-name", facts.clusterName),
    },
    {
      sid: "ManageSnapshots",
      actions: ["ec2:CreateVolume", "ec2:DeleteSnapshot", "ec2:EnableFastSnapshotRestores", "ec2:LockSnapshot"],
      resources: snapshots,
      conditions: owned,
    },
    {
      sid: "TagWhatIsCreated",
      actions: ["ec2:CreateTags"],
      resources: [...volumes, ...snapshots],
      conditions: {
        StringEquals: {
          ...madeOwned["StringEquals"],
          "ec2:CreateAction": ["CopyVolumes", "CreateSnapshot", "CreateVolume"],
        },
      },
    },
    {
      sid: "ChangeTagsOfVolumes",
      actions: ["ec2:CreateTags", "ec2:DeleteTags"],
      resources: volumes,
      conditions: keepingTags(ownership, "owned", [ownership, ...DRIVER_TAGS]),
    },
    ...volumeEncryption(facts, keyArn),
  ];
}
