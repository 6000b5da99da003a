import { Chart } from "cdk8s";
import { k8s } from "cdk8s-plus-27";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { ServiceMonitor } from "../crds/custom-resources.js";
import { container } from "../shared/container.js";
import { MONITORED_BY_CUSTOMER, MONITORING_LABEL } from "../shared/labels.js";
import { httpProbe } from "../shared/probes.js";

export interface MonitoredAppChartProps {
  readonly config: ClusterConfig;
}

const NAME = "monitored-app";
const PORT = 8080;
/** `nobody`: the image names no user, and users' pods may not be root's. */
const USER = 65534;

const labels = { "k8s-app": NAME };
const metadata = { name: NAME, namespace: NAME, labels };

/**
 * What a user does to have an application watched, as an example to copy: a namespace that opts in, and a ServiceMonitor beside
 * the application. It is a user's, not the platform's, and has nothing that only the platform has.
 */
export class MonitoredAppChart extends Chart {
  constructor(scope: Construct, id: string, { config }: MonitoredAppChartProps) {
    super(scope, id);
    const namespace = new k8s.KubeNamespace(this, "namespace", {
      metadata: {
        name: NAME,
        labels: {
          [MONITORING_LABEL]: MONITORED_BY_CUSTOMER,
          "pod-security.kubernetes.io/enforce": "restricted",
        },
      },
    });
    const contents = [this.deployment(config), this.service(), this.serviceMonitor()];
    for (const content of contents) content.node.addDependency(namespace);
  }

  private deployment(config: ClusterConfig): Construct {
    return new k8s.KubeDeployment(this, "deployment", {
      metadata,
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: USER,
              runAsGroup: USER,
              seccompProfile: { type: "RuntimeDefault" },
            },
            containers: [
              container({
                name: NAME,
                image: imageOf("prometheus-example-app", config),
                ports: { http: PORT },
                resources: { cpu: { request: "10m", limit: "50m" }, memory: { request: "16Mi", limit: "32Mi" } },
                probes: { readiness: httpProbe("/", "http"), liveness: httpProbe("/", "http") },
              }),
            ],
          },
        },
      },
    });
  }

  private service(): Construct {
    return new k8s.KubeService(this, "service", {
      metadata,
      spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: k8s.IntOrString.fromString("http") }] },
    });
  }

  private serviceMonitor(): Construct {
    return new ServiceMonitor(this, "service-monitor", {
      metadata,
      spec: { jobLabel: "k8s-app", selector: { matchLabels: labels }, endpoints: [{ port: "http" }] },
    });
  }
}
