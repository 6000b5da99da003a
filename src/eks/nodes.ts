import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { EksAddon, EksClusterConfig } from "../config/cluster-config.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import { Addon, type AddonProps } from "./addon.js";
import { minorOf } from "../lib/minor-version.js";
import type { ControlPlane } from "./control-plane.js";
import { NodeGroup } from "./node-group.js";
import type { AccountFacts } from "./policies/facts.js";
import { serviceTrust } from "./policies/trust.js";
import { managedPolicyArn, Role } from "./role.js";
import type { ServiceIdentities } from "./service-identities.js";

export interface NodesProps {
  readonly identity: ClusterIdentity;
  readonly account: AccountFacts;
  readonly config: EksClusterConfig;
  readonly controlPlane: ControlPlane;
  readonly identities: ServiceIdentities;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** What nodes need to join. */
  readonly after: readonly ITerraformDependable[];
}

/** What the nodes' own role may do. Session Manager stands in for SSH. */
const NODE_POLICIES = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
];

/** The node groups, with the add-ons that must be there before a node and those that run on nodes. */
export class Nodes extends Construct {
  // Scopes of their own: a group may be named as an add-on is.
  private readonly addons = new Construct(this, "addon");
  private readonly groups = new Construct(this, "group");

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NodesProps,
  ) {
    super(scope, id);
    const { identity, account, config, identities } = props;
    const role = new Role(this, "role", {
      identity,
      name: "worker",
      description: "Nodes",
      trust: serviceTrust("ec2.amazonaws.com"),
      managedPolicyArns: NODE_POLICIES.map((name) => managedPolicyArn(account.partition, name)),
    });
    // A node is ready only with a network, and the network's pods get their rights from the agent.
    const first = [
      this.addAddon("eks-pod-identity-agent", {}),
      this.addAddon("vpc-cni", { settings: { enableNetworkPolicy: "true" }, podIdentity: identities.vpcCni }),
      this.addAddon("kube-proxy", {}),
    ];
    const groups = config.nodeGroups.map(
      (spec) =>
        new NodeGroup(this.groups, spec.name, {
          ...props,
          spec,
          kubernetesMinor: minorOf(config.kubernetes),
          serviceCidr: config.network.serviceCidr,
          roleArn: role.arn,
          mirror: config.containerImages.mirror,
          after: [...role.permissions, ...first.map(({ resource }) => resource), ...props.after],
        }),
    );
    const after = groups.map(({ resource }) => resource);
    this.addAddon("coredns", { after, settings: { autoScaling: { enabled: true } } });
    // What the driver makes bears the cluster's name: by that its role is kept to it.
    const settings = { controller: { k8sTagClusterId: config.name, extraVolumeTags: identity.metadata() } };
    this.addAddon("aws-ebs-csi-driver", { after, settings, podIdentity: identities.ebsCsi });
    this.addAddon("snapshot-controller", { after });
  }

  private addAddon(name: EksAddon, props: Pick<AddonProps, "settings" | "podIdentity" | "after">): Addon {
    const { config, controlPlane } = this.props;
    const version = config.provider.addons[name];
    return new Addon(this.addons, name, {
      controlPlane,
      name,
      kubernetesMinor: minorOf(config.kubernetes),
      ...(version !== undefined && { version }),
      ...props,
    });
  }
}
