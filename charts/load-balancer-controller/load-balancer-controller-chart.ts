import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import { awsIdentities } from "../../src/config/aws-identities.js";
import { ClusterIdentity } from "../../src/config/cluster-identity.js";
import type { EksCluster } from "../../src/config/cluster-outputs.js";
import { imageOf } from "../../src/config/container-images.js";
import { ServiceCertificate } from "../issuers/service-certificate.js";
import { ownerLabels } from "../shared/labels.js";
import { leaderElectionRights } from "../shared/leader-election.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import { controllerRights } from "./controller-rights.js";
import { Webhooks } from "./webhooks.js";

const SERVICE_PORT = 443;
/** The control plane's security group reaches this port of pods. */
const WEBHOOK_PORT = 9443;
const METRICS_PORT = 8080;
const HEALTH_PORT = 61779;
const CERTIFICATE_FOLDER = "/certificate";
const LEASE = "aws-load-balancer-controller-leader";

/**
 * Makes balancers of AWS for Services of type LoadBalancer, and for Ingresses of the class `alb`.
 * Source: github.com/kubernetes-sigs/aws-load-balancer-controller
 */
export class LoadBalancerControllerChart extends Chart {
  constructor(scope: Construct, id: string, cluster: EksCluster) {
    super(scope, id);
    const { config } = cluster;
    const { namespace, name } = awsIdentities["load-balancer-controller"];
    const certificate = new ServiceCertificate(this, "certificate", { namespace, service: name });
    const controller = new Workload(this, "workload", {
      config,
      namespace,
      name,
      kind: { type: "Deployment", replicas: 2 },
      priority: "platform-critical",
      containers: [
        {
          name: "controller",
          image: imageOf("aws-load-balancer-controller", config),
          args: controllerArguments(cluster),
          ports: { webhook: WEBHOOK_PORT, metrics: METRICS_PORT, health: HEALTH_PORT },
          resources: { cpu: { request: "50m", limit: "500m" }, memory: { request: "64Mi", limit: "256Mi" } },
          probes: { readiness: httpProbe("/readyz", "health"), liveness: httpProbe("/healthz", "health") },
          mounts: [{ volume: certificate.volume, path: CERTIFICATE_FOLDER }],
        },
      ],
      rights: { cluster: controllerRights, namespaces: { [namespace]: leaderElectionRights(LEASE) } },
      service: { [SERVICE_PORT]: "webhook" },
      metrics: [{ port: "metrics" }],
    });
    controller.connections.allowToApiServer();
    controller.connections.allowToAws();
    controller.connections.allowFromNodes(WEBHOOK_PORT);
    new Webhooks(this, "webhooks", { workload: controller, port: SERVICE_PORT, annotations: certificate.injection });
    new k8s.KubeIngressClass(this, "class", {
      metadata: { name: "alb", labels: ownerLabels },
      spec: { controller: "ingress.k8s.aws/alb" },
    });
  }
}

function controllerArguments({ config, outputs }: EksCluster): readonly string[] {
  return [
    `--cluster-name=${config.name}`,
    // The metadata of its node, which would tell, are out of a pod's reach.
    `--aws-region=${config.provider.region}`,
    `--aws-vpc-id=${outputs.vpcId}`,
    "--default-target-type=instance",
    // On all that it makes. No tag has a comma in it.
    `--default-tags=${new ClusterIdentity(config.name, config.tags).tags().join(",")}`,
    // Its role may not ask for them, and it asks with every balancer of Ingresses.
    "--enable-waf=false",
    "--enable-wafv2=false",
    "--enable-shield=false",
    // It may not read the Gateway API's kinds, should somebody install them.
    "--feature-gates=ALBGatewayAPI=false,NLBGatewayAPI=false",
    `--leader-election-id=${LEASE}`,
    `--webhook-bind-port=${WEBHOOK_PORT}`,
    `--webhook-cert-dir=${CERTIFICATE_FOLDER}`,
  ];
}
