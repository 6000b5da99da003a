import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import type { WorkloadReference } from "../shared/connections.js";
import { MANAGED_NAMESPACE_LABEL, OWNER_LABEL, ownerLabels, PLATFORM } from "../shared/labels.js";

export interface WebhooksProps {
  readonly workload: WorkloadReference;
  /** Port of its Service. */
  readonly port: number;
  /** By which the API server is told whom to trust. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** What the API server asks about, at which path of the controller. */
interface Question {
  readonly name: string;
  readonly path: string;
  readonly rule: k8s.RuleWithOperations;
  /** What becomes of the object when the controller does not answer. */
  readonly failurePolicy: "Fail" | "Ignore";
  /** @default - every namespace */
  readonly namespaces?: k8s.LabelSelector;
  /** @default - every object */
  readonly objects?: k8s.LabelSelector;
  /** In CEL, by name. @default - none */
  readonly conditions?: Readonly<Record<string, string>>;
}

const TIMEOUT_SECONDS = 10;
const GROUP = "elbv2.k8s.aws";

const outsideManaged: k8s.LabelSelectorRequirement = {
  key: MANAGED_NAMESPACE_LABEL,
  operator: "NotIn",
  values: ["true"],
};
const usersNamespaces: k8s.LabelSelector = { matchExpressions: [outsideManaged] };
/** Users' namespaces that have asked for something by a label. */
const namespacesWith = (key: string): k8s.LabelSelector => ({
  matchExpressions: [outsideManaged, { key, operator: "In", values: ["enabled"] }],
});

const on = (apiGroup: string, version: string, resource: string, ...operations: string[]): k8s.RuleWithOperations => ({
  apiGroups: [apiGroup],
  apiVersions: [version],
  operations,
  resources: [resource],
});

const mutating: readonly Question[] = [
  {
    name: "mpod.elbv2.k8s.aws",
    path: "/mutate-v1-pod",
    rule: on("", "v1", "pods", "CREATE"),
    failurePolicy: "Ignore",
    namespaces: namespacesWith("elbv2.k8s.aws/pod-readiness-gate-inject"),
  },
  {
    name: "quicid.elbv2.k8s.aws",
    path: "/mutate-v1-pod-server-id",
    rule: on("", "v1", "pods", "CREATE"),
    failurePolicy: "Fail",
    namespaces: namespacesWith("elbv2.k8s.aws/quic-server-id-inject"),
  },
  {
    // Without the class that it sets, Amazon's own controller would make a balancer of the kind before.
    name: "mservice.elbv2.k8s.aws",
    path: "/mutate-v1-service",
    rule: on("", "v1", "services", "CREATE"),
    failurePolicy: "Fail",
    namespaces: usersNamespaces,
    conditions: { "has-balancer": 'object.spec.type == "LoadBalancer"' },
  },
  {
    name: "mtargetgroupbinding.elbv2.k8s.aws",
    path: "/mutate-elbv2-k8s-aws-v1beta1-targetgroupbinding",
    rule: on(GROUP, "v1beta1", "targetgroupbindings", "CREATE", "UPDATE"),
    failurePolicy: "Fail",
  },
];

const validating: readonly Question[] = [
  {
    name: "vingressclassparams.elbv2.k8s.aws",
    path: "/validate-elbv2-k8s-aws-v1beta1-ingressclassparams",
    rule: on(GROUP, "v1beta1", "ingressclassparams", "CREATE", "UPDATE"),
    failurePolicy: "Fail",
    objects: { matchExpressions: [{ key: OWNER_LABEL, operator: "NotIn", values: [PLATFORM] }] },
  },
  {
    name: "vtargetgroupbinding.elbv2.k8s.aws",
    path: "/validate-elbv2-k8s-aws-v1beta1-targetgroupbinding",
    rule: on(GROUP, "v1beta1", "targetgroupbindings", "CREATE", "UPDATE"),
    failurePolicy: "Fail",
  },
  {
    // Upstream refuses what it could not check. It is asked about Ingresses of every class, and checks its own again before it acts.
    name: "vingress.elbv2.k8s.aws",
    path: "/validate-networking-v1-ingress",
    rule: on("networking.k8s.io", "v1", "ingresses", "CREATE", "UPDATE"),
    failurePolicy: "Ignore",
    namespaces: usersNamespaces,
  },
];

/**
 * What the API server asks the controller. No pod, Service or Ingress of a managed namespace waits for an answer: the platform
 * must be able to come up before the controller, and without it.
 * Source: github.com/kubernetes-sigs/aws-load-balancer-controller, helm/aws-load-balancer-controller/templates/webhook.yaml
 */
export class Webhooks extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WebhooksProps,
  ) {
    super(scope, id);
    const metadata = { name: props.workload.name, labels: ownerLabels, annotations: props.annotations };
    new k8s.KubeMutatingWebhookConfiguration(this, "mutating", {
      metadata,
      webhooks: mutating.map((question) => this.webhook(question)),
    });
    new k8s.KubeValidatingWebhookConfiguration(this, "validating", {
      metadata,
      webhooks: validating.map((question) => this.webhook(question)),
    });
  }

  private webhook(question: Question): k8s.MutatingWebhook & k8s.ValidatingWebhook {
    const { name, path, rule, failurePolicy, namespaces, objects, conditions = {} } = question;
    const { workload, port } = this.props;
    return {
      name,
      admissionReviewVersions: ["v1"],
      clientConfig: { service: { name: workload.name, namespace: workload.namespace, path, port } },
      failurePolicy,
      rules: [rule],
      sideEffects: "None",
      timeoutSeconds: TIMEOUT_SECONDS,
      ...(namespaces !== undefined && { namespaceSelector: namespaces }),
      ...(objects !== undefined && { objectSelector: objects }),
      ...(Object.keys(conditions).length > 0 && {
        matchConditions: Object.entries(conditions).map(([condition, expression]) => ({ name: condition, expression })),
      }),
    };
  }
}
