import { LaunchTemplate as AwsLaunchTemplate } from "@cdktf/provider-aws/lib/launch-template/index.js";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { parseTemplate, templateOf, terraformText } from "../bootstrap/terraform-text.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { NodeDisks } from "./node-image.js";

export interface LaunchTemplateProps {
  readonly identity: ClusterIdentity;
  /** Of the servers: `<cluster>-<serverName>`. */
  readonly serverName: string;
  readonly securityGroupId: string;
  /** A template of Terraform's. At most 16 KiB when they are filled in. */
  readonly userData: string;
  readonly disks: NodeDisks;
  /** Of the data's disk; a system's own is as large as its image. */
  readonly diskSizeGiB: number;
  /** An image of the user's own. @default - EKS chooses it */
  readonly imageId?: string;
}

/** How the servers of a node group are made. */
export class LaunchTemplate extends Construct {
  readonly templateId: string;
  /** The newest; a new one replaces the servers in turn. */
  readonly version: string;

  constructor(scope: Construct, id: string, props: LaunchTemplateProps) {
    super(scope, id);
    const { identity } = props;
    const { system, data } = props.disks;
    const name = identity.resourceName(props.serverName);
    // The provider's default tags do not reach what the template makes.
    const tags = { ...identity.metadata("worker"), Name: name };
    const template = new AwsLaunchTemplate(this, "Default", {
      namePrefix: `${name}-`,
      description: identity.description("Nodes"),
      updateDefaultVersion: true,
      ...(props.imageId !== undefined && { imageId: props.imageId }),
      vpcSecurityGroupIds: [props.securityGroupId],
      userData: templateOf(terraformText.base64(parseTemplate(props.userData))),
      // One hop: no pod reaches the node's own credentials, but those on the host's network.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      blockDeviceMappings: [
        ...(system === undefined ? [] : [{ deviceName: system, ebs: DISK }]),
        { deviceName: data, ebs: { ...DISK, volumeSize: props.diskSizeGiB } },
      ],
      monitoring: { enabled: true },
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      lifecycle: { createBeforeDestroy: true },
    });
    this.templateId = template.id;
    this.version = Token.asString(template.latestVersion);
  }
}

/** Encrypted with Amazon's key of the account: nothing to set up, and nothing that could keep a node from starting. */
const DISK = { volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" };
