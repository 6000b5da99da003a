import { Construct } from "constructs";
import type { AwsIdentity } from "../config/aws-identities.js";
import type { ClusterIdentity } from "../config/cluster-identity.js";
import type { Bucket } from "./bucket.js";
import type { ControlPlane } from "./control-plane.js";
import { PodIdentity } from "./pod-identity.js";
import { clusterAutoscalerPolicy } from "./policies/cluster-autoscaler.js";
import { ebsCsiPolicy } from "./policies/ebs-csi.js";
import type { AccountFacts } from "./policies/facts.js";
import { loadBalancerControllerPolicy } from "./policies/load-balancer-controller.js";
import type { Statement } from "./policies/policy-document.js";
import { registryPolicy } from "./policies/registry.js";
import { veleroPolicy } from "./policies/velero.js";
import { managedPolicyArn } from "./role.js";

export interface ServiceIdentitiesProps {
  readonly identity: ClusterIdentity;
  readonly account: AccountFacts;
  readonly controlPlane: ControlPlane;
  readonly vpcArn: string;
  /** Where Velero and the registry keep what is theirs; a service without a bucket gets no role. */
  readonly buckets: { readonly velero?: Bucket; readonly registry?: Bucket };
  readonly dataKeyArn: string;
}

/** The roles by which the cluster's services call AWS, each with what its work needs. */
export class ServiceIdentities extends Construct {
  /** Of add-ons, which are told their role themselves. */
  readonly vpcCni: PodIdentity;
  readonly ebsCsi: PodIdentity;
  readonly roleArns: Readonly<Partial<Record<AwsIdentity, string>>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceIdentitiesProps,
  ) {
    super(scope, id);
    const { account, buckets, dataKeyArn, vpcArn } = props;
    this.vpcCni = new PodIdentity(this, "vpc-cni", {
      ...props,
      service: "vpc-cni",
      managedPolicyArns: [managedPolicyArn(account.partition, "AmazonEKS_CNI_Policy")],
    });
    this.ebsCsi = this.addService("ebs-csi", ebsCsiPolicy(account, dataKeyArn));
    const { velero, registry } = buckets;
    const associated = {
      "load-balancer-controller": this.addService(
        "load-balancer-controller",
        loadBalancerControllerPolicy(account, vpcArn),
      ),
      "cluster-autoscaler": this.addService("cluster-autoscaler", clusterAutoscalerPolicy(account)),
      ...(velero !== undefined && {
        velero: this.addService("velero", veleroPolicy(account, { bucketArn: velero.arn, keyArn: dataKeyArn })),
      }),
      ...(registry !== undefined && {
        registry: this.addService("registry", registryPolicy(account, { bucketArn: registry.arn, keyArn: dataKeyArn })),
      }),
    };
    for (const service of Object.values(associated)) service.associate(props.controlPlane);
    this.roleArns = Object.fromEntries(
      Object.entries({ "vpc-cni": this.vpcCni, "ebs-csi": this.ebsCsi, ...associated }).map(([name, { roleArn }]) => [
        name,
        roleArn,
      ]),
    );
  }

  private addService(service: AwsIdentity, policy: readonly Statement[]): PodIdentity {
    const { identity, account } = this.props;
    return new PodIdentity(this, service, { identity, account, service, policy });
  }
}
