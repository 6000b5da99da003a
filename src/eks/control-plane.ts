import { EksCluster } from "@cdktf/provider-aws/lib/eks-cluster/index.js";
import { Construct } from "constructs";
import type { EksClusterConfig } from "../config/cluster-config.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { acceptRisk } from "./accepted-risk.js";
import { minorOf } from "../lib/minor-version.js";
import { LogGroup } from "./log-group.js";
import { controlPlanePolicy } from "./policies/control-plane.js";
import type { AccountFacts } from "./policies/facts.js";
import { serviceTrust } from "./policies/trust.js";
import { managedPolicyArn, Role } from "./role.js";

export interface ControlPlaneProps {
  readonly identity: ClusterIdentity;
  readonly account: AccountFacts;
  readonly config: EksClusterConfig;
  /** Two at least, in different zones. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Encrypts Secrets in etcd, and the logs. */
  readonly keyArn: string;
}

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** Kubernetes' control plane, which Amazon runs. */
export class ControlPlane extends Construct {
  /** Name of the cluster; who uses it is made after the cluster. */
  readonly clusterName: string;
  readonly arn: string;
  /** Address of the Kubernetes API. */
  readonly endpoint: string;
  /** PEM in base64. */
  readonly certificateAuthority: string;
  /** Both as Terraform's templates have them. */
  readonly templates: { readonly endpoint: string; readonly certificateAuthority: string };

  constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    const { identity, account, config } = props;
    const { endpoint, logRetentionDays } = config.provider;
    const role = new Role(this, "role", {
      identity,
      name: "control-plane",
      description: "Control plane",
      trust: serviceTrust("eks.amazonaws.com", account),
      managedPolicyArns: [managedPolicyArn(account.partition, "AmazonEKSClusterPolicy")],
      policy: controlPlanePolicy(props.keyArn),
    });
    const log = new LogGroup(this, "log", {
      name: `/aws/eks/${config.name}/cluster`,
      retentionDays: logRetentionDays,
      keyArn: props.keyArn,
    });
    const cluster = new EksCluster(this, "Default", {
      name: config.name,
      // Amazon chooses the patch.
      version: minorOf(config.kubernetes),
      roleArn: role.arn,
      // Rights are access entries and nothing else: none by a ConfigMap, none for whoever happens to create the cluster.
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      deletionProtection: config.profile === "production",
      enabledClusterLogTypes: LOG_TYPES,
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: props.keyArn } },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: config.network.serviceCidr },
      // Extended support costs six times as much: an upgrade that was missed is to be seen, not paid.
      upgradePolicy: { supportType: "STANDARD" },
      vpcConfig: {
        endpointPrivateAccess: true,
        endpointPublicAccess: endpoint.public,
        ...(endpoint.public && { publicAccessCidrs: [...endpoint.allowedCidrs] }),
        subnetIds: [...props.subnetIds],
        securityGroupIds: [props.securityGroupId],
      },
      zonalShiftConfig: { enabled: true },
      dependsOn: [...role.permissions, log.resource],
      // Its interfaces stay in the zones that it was made in: EKS refuses others later. Nodes can be in all.
      lifecycle: { ignoreChanges: ["vpc_config[0].subnet_ids"] },
    });
    acceptRisk(cluster, {
      CKV_AWS_339: "the catalogue names the versions that are tried, and preflight asks EKS whether they are supported",
      ...(endpoint.public && { CKV_AWS_39: "open to the networks that bootstrap.yaml names, and to no other" }),
    });
    this.clusterName = cluster.name;
    this.arn = cluster.arn;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.get(0).data;
    this.templates = {
      endpoint: `\${${cluster.fqn}.endpoint}`,
      certificateAuthority: `\${${cluster.fqn}.certificate_authority[0].data}`,
    };
  }
}
