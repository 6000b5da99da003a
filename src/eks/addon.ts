import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version/index.js";
import { EksAddon as AwsEksAddon } from "@cdktf/provider-aws/lib/eks-addon/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { EksAddon } from "../config/cluster-config.js";
import type { ControlPlane } from "./control-plane.js";
import type { PodIdentity } from "./pod-identity.js";

export interface AddonProps {
  readonly controlPlane: ControlPlane;
  readonly name: EksAddon;
  /** `1.36` */
  readonly kubernetesMinor: string;
  /** @default - Amazon's default for the version of Kubernetes */
  readonly version?: string;
  /** As the add-on's own schema has them. @default - none */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** By which its pods call AWS. @default - they do not */
  readonly podIdentity?: PodIdentity;
  /** What must be there before: nodes, for pods that need one. @default - nothing */
  readonly after?: readonly ITerraformDependable[];
}

/** A part of the cluster that Amazon installs and updates. */
export class Addon extends Construct {
  readonly resource: AwsEksAddon;

  constructor(scope: Construct, id: string, props: AddonProps) {
    super(scope, id);
    const { name, settings, podIdentity } = props;
    const after = [...(podIdentity?.permissions ?? []), ...(props.after ?? [])];
    const addonVersion =
      props.version ??
      new DataAwsEksAddonVersion(this, "version", { addonName: name, kubernetesVersion: props.kubernetesMinor })
        .version;
    this.resource = new AwsEksAddon(this, "Default", {
      clusterName: props.controlPlane.clusterName,
      addonName: name,
      addonVersion,
      // What is declared here holds, whatever somebody changed by hand.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      ...(settings !== undefined && { configurationValues: JSON.stringify(settings) }),
      ...(podIdentity !== undefined && {
        podIdentityAssociation: [{ roleArn: podIdentity.roleArn, serviceAccount: podIdentity.serviceAccount }],
      }),
      ...(after.length > 0 && { dependsOn: after }),
    });
  }
}
