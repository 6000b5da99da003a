import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { ownerLabels } from "../shared/labels.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import { METRICS_PORT } from "./settings.js";

const NAME = "cert-manager-webhook";
const SERVICE_PORT = 443;
/** Kubelets serve here too; on EKS the control plane reaches this port of nodes and pods by the same rule. */
const PORT = 10250;
const HEALTH_PORT = 6080;
/** Its own authority, which it makes when there is none and renews. */
const AUTHORITY_SECRET = `${NAME}-ca`;
const TIMEOUT_SECONDS = 30;

/**
 * Checks cert-manager's own kinds before they are stored, and writes into requests for certificates who asks. Nothing else waits
 * for it. Source: github.com/cert-manager/cert-manager, deploy/charts/cert-manager/templates
 */
export class Webhook extends Construct {
  constructor(scope: Construct, id: string, { config }: { readonly config: ClusterConfig }) {
    super(scope, id);
    const hosts = [NAME, `${NAME}.${SYSTEM_NAMESPACE}`, `${NAME}.${SYSTEM_NAMESPACE}.svc`];
    const webhook = new Workload(this, "workload", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: NAME,
      kind: { type: "Deployment", replicas: 2 },
      priority: "platform-critical",
      containers: [
        {
          name: "webhook",
          image: imageOf("cert-manager-webhook", config),
          args: [
            `--secure-port=${PORT}`,
            `--dynamic-serving-ca-secret-namespace=${SYSTEM_NAMESPACE}`,
            `--dynamic-serving-ca-secret-name=${AUTHORITY_SECRET}`,
            ...hosts.map((host) => `--dynamic-serving-dns-names=${host}`),
          ],
          ports: { https: PORT, health: HEALTH_PORT, metrics: METRICS_PORT },
          resources: { cpu: { request: "20m", limit: "500m" }, memory: { request: "32Mi", limit: "128Mi" } },
          probes: { readiness: httpProbe("/healthz", "health"), liveness: httpProbe("/livez", "health") },
        },
      ],
      rights: {
        cluster: [{ apiGroups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"], verbs: ["create"] }],
        namespaces: {
          [SYSTEM_NAMESPACE]: [
            {
              apiGroups: [""],
              resources: ["secrets"],
              resourceNames: [AUTHORITY_SECRET],
              verbs: ["get", "list", "watch", "update"],
            },
            // What is not there yet has no name to grant.
            { apiGroups: [""], resources: ["secrets"], verbs: ["create"] },
          ],
        },
      },
      service: { [SERVICE_PORT]: "https" },
      metrics: [{ port: "metrics" }],
    });
    webhook.connections.allowToApiServer();
    webhook.connections.allowFromNodes(PORT);
    this.addConfigurations();
  }

  private addConfigurations(): void {
    const metadata = {
      name: NAME,
      labels: ownerLabels,
      annotations: { "cert-manager.io/inject-ca-from-secret": `${SYSTEM_NAMESPACE}/${AUTHORITY_SECRET}` },
    };
    const common = {
      name: "webhook.cert-manager.io",
      admissionReviewVersions: ["v1"],
      matchPolicy: "Equivalent",
      // What nobody checked must not be stored: by it somebody could ask in another's name.
      failurePolicy: "Fail",
      sideEffects: "None",
      timeoutSeconds: TIMEOUT_SECONDS,
    };
    new k8s.KubeMutatingWebhookConfiguration(this, "mutating", {
      metadata,
      webhooks: [
        {
          ...common,
          clientConfig: clientConfig("/mutate"),
          rules: [
            {
              apiGroups: ["cert-manager.io"],
              apiVersions: ["v1"],
              operations: ["CREATE"],
              resources: ["certificaterequests"],
            },
          ],
        },
      ],
    });
    new k8s.KubeValidatingWebhookConfiguration(this, "validating", {
      metadata,
      webhooks: [
        {
          ...common,
          clientConfig: clientConfig("/validate"),
          rules: [
            {
              apiGroups: ["cert-manager.io", "acme.cert-manager.io"],
              apiVersions: ["v1"],
              operations: ["CREATE", "UPDATE"],
              resources: ["*/*"],
            },
          ],
        },
      ],
    });
  }
}

function clientConfig(path: string): k8s.WebhookClientConfig {
  return { service: { name: NAME, namespace: SYSTEM_NAMESPACE, path, port: SERVICE_PORT } };
}
