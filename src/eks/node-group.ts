import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter/index.js";
import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { bottlerocketUserData } from "../bootstrap/eks/bottlerocket.js";
import { nodeadmUserData } from "../bootstrap/eks/nodeadm.js";
import { poolLabels } from "../bootstrap/node/kubelet.js";
import type { NodeGroup as NodeGroupSpec, Taint } from "../config/cluster-config.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { UserError } from "../lib/user-error.js";
import type { ControlPlane } from "./control-plane.js";
import { LaunchTemplate } from "./launch-template.js";
import { managedImage, SINGLE_DISK } from "./node-image.js";

export interface NodeGroupProps {
  readonly identity: ClusterIdentity;
  readonly spec: NodeGroupSpec;
  readonly controlPlane: ControlPlane;
  /** `1.36` */
  readonly kubernetesMinor: string;
  readonly serviceCidr: string;
  readonly roleArn: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Registry that mirrors public ones. @default - nodes pull from the registries themselves */
  readonly mirror?: string | undefined;
  /** What nodes need to join. */
  readonly after: readonly ITerraformDependable[];
}

/** EC2's limit, before base64. */
const USER_DATA_LENGTH = 16_384;
/** What Terraform puts in at most: the CA, a certificate of a 4096-bit key in base64, and the endpoint. */
const TEMPLATED_LENGTH = 3_000;

/** Nodes that Amazon makes, replaces and updates in turn. */
export class NodeGroup extends Construct {
  readonly resource: EksNodeGroup;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NodeGroupProps,
  ) {
    super(scope, id);
    const { identity, spec, kubernetesMinor } = props;
    const image = managedImage(spec, kubernetesMinor);
    const template = new LaunchTemplate(this, "template", {
      identity,
      serverName: spec.name === "default" ? "worker" : `worker-${spec.name}`,
      securityGroupId: props.securityGroupId,
      userData: this.userData(),
      disks: image?.disks ?? SINGLE_DISK,
      diskSizeGiB: spec.diskGiB,
      ...(typeof spec.ami === "object" && { imageId: spec.ami.id }),
    });
    this.resource = new EksNodeGroup(this, "Default", {
      clusterName: props.controlPlane.clusterName,
      // What must be made anew gets another name, so that its nodes are there before the old ones go.
      nodeGroupNamePrefix: `${identity.resourceName(spec.name)}-`,
      nodeRoleArn: props.roleArn,
      subnetIds: [...props.subnetIds],
      ...(image !== undefined && {
        amiType: image.amiType,
        version: kubernetesMinor,
        releaseVersion:
          spec.amiRelease ?? new DataAwsSsmParameter(this, "release", { name: image.releaseParameter }).insecureValue,
      }),
      instanceTypes: [...spec.instanceTypes],
      capacityType: CAPACITY_TYPES[spec.capacity],
      scalingConfig: { desiredSize: spec.count, minSize: spec.minCount, maxSize: spec.maxCount },
      updateConfig: { maxUnavailablePercentage: spec.maxUnavailablePercent },
      nodeRepairConfig: { enabled: true },
      launchTemplate: { id: template.templateId, version: template.version },
      // The autoscaler reads them of groups that have no node at the time.
      labels: { ...poolLabels(spec) },
      taint: spec.taints.map(groupTaint),
      dependsOn: [...props.after],
      lifecycle: { createBeforeDestroy: true, ignoreChanges: [...ignoredChanges(spec)] },
    });
  }

  private userData(): string {
    const { identity, spec, controlPlane, serviceCidr, mirror } = this.props;
    const facts = {
      ...controlPlane.templates,
      clusterName: identity.clusterName,
      serviceCidr,
      pool: spec,
      mirror,
    };
    const text = spec.ami === "bottlerocket" ? bottlerocketUserData(facts) : nodeadmUserData(facts);
    if (text.length + TEMPLATED_LENGTH <= USER_DATA_LENGTH) return text;
    throw new UserError(
      `node group ${spec.name} of ${identity.clusterName}: what its nodes are told can exceed the ${USER_DATA_LENGTH} bytes that EC2 takes`,
      "give the group fewer or shorter labels and taints",
    );
  }
}

const CAPACITY_TYPES: Readonly<Record<NodeGroupSpec["capacity"], string>> = { "on-demand": "ON_DEMAND", spot: "SPOT" };

/** What is decided when the group is made and by others later: its size by the autoscaler, its release by Amazon. */
function ignoredChanges({ ami, amiRelease }: NodeGroupSpec): readonly string[] {
  const ownImage = typeof ami === "object";
  return ["scaling_config[0].desired_size", ...(amiRelease === undefined && !ownImage ? ["release_version"] : [])];
}

/** A taint as EKS writes it. */
function groupTaint({ key, value, effect }: Taint) {
  const effects = {
    NoSchedule: "NO_SCHEDULE",
    PreferNoSchedule: "PREFER_NO_SCHEDULE",
    NoExecute: "NO_EXECUTE",
  } as const;
  return { key, effect: effects[effect], ...(value !== undefined && { value }) };
}
