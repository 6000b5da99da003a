import { LaunchTemplate as AwsLaunchTemplate } from "@cdktf/provider-aws/lib/launch-template/index.js";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { parseTemplate, templateOf, terraformText } from "../bootstrap/terraform-text.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";

export interface LaunchTemplateProps {
  readonly identity: ClusterIdentity;
  /** Of the servers: `<cluster>-<serverName>`. */
  readonly serverName: string;
  readonly securityGroupId: string;
  /** A template of Terraform's. At most 16 KiB when they are filled in. */
  readonly userData: string;
  readonly dataDevice: string;
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
        {
          deviceName: props.dataDevice,
          ebs: { volumeType: "gp3", volumeSize: props.diskSizeGiB, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      monitoring: { enabled: true },
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      lifecycle: { createBeforeDestroy: true },
    });
    this.templateId = template.id;
    this.version = Token.asString(template.latestVersion);
  }
}
