import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { serviceHostOf } from "../../src/config/host-names.js";
import { catalogue } from "../../src/versions/catalogue.js";
import { Alertmanager, AlertmanagerConfig } from "../crds/custom-resources.js";
import { ownerLabels } from "../shared/labels.js";
import { alertRouting } from "./alert-routing.js";
import { OperatedPods, volumeOf } from "./operated-pods.js";
import { receiverPorts } from "./receivers.js";
import { ALERTMANAGER, ALERTMANAGER_PORT } from "./workloads.js";

/** Of its custom resources; the operator names its pods `alertmanager-platform-0` and so on. */
const NAME = "platform";
/** Members tell each other what they have sent. */
const GOSSIP_PORT = 9094;
/** Silences, and what was sent. */
const STORAGE_GIB = 1;

/** Alertmanager: the platform's alerts, gathered, silenced and told to those whom bootstrap.yaml names. */
export class AlertmanagerChart extends Chart {
  constructor(scope: Construct, id: string, config: ClusterConfig) {
    super(scope, id);
    const { monitoring } = config.services;
    const pods = new OperatedPods(this, "pods", { config, workload: ALERTMANAGER, webPort: ALERTMANAGER_PORT });
    pods.connections.allowAmongItself(GOSSIP_PORT, { udp: GOSSIP_PORT });
    const ports = receiverPorts(monitoring);
    if (ports.length > 0) pods.connections.allowToAnywhere("receivers", ...ports);

    const metadata = {
      name: NAME,
      namespace: ALERTMANAGER.namespace,
      labels: { ...ownerLabels, "k8s-app": ALERTMANAGER.name },
    };
    new AlertmanagerConfig(this, "routing", { metadata, spec: alertRouting(config) });
    new Alertmanager(this, "alertmanager", {
      metadata,
      spec: {
        ...pods.podSettings(),
        automountServiceAccountToken: false,
        image: imageOf("alertmanager", config),
        version: catalogue.images.alertmanager.tag,
        replicas: monitoring.replicas,
        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { cpu: "200m", memory: "256Mi" } },
        storage: volumeOf(STORAGE_GIB),
        externalUrl: `https://${serviceHostOf(ALERTMANAGER.name, config.clusterDomain)}`,
        // The whole configuration: no AlertmanagerConfig of anybody else is asked.
        alertmanagerConfiguration: { name: NAME },
      },
    });
  }
}
