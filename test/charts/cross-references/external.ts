import type { Labels } from "./kube-object.js";
import type { ContainerPort, PodSet } from "./pod-sets.js";
import type { Service, ServicePort } from "./service.js";

/** Something that charts refer to and do not make. */
export interface External {
  readonly kind: string;
  /** Undefined for what belongs to no namespace. */
  readonly namespace?: string;
  readonly name: RegExp;
  /** Who makes it. */
  readonly because: string;
}

/** The one list of what is there without the charts. */
export const externals: readonly External[] = [
  { kind: "Namespace", name: /^(default|kube-system|kube-public)$/, because: "Kubernetes makes it" },
  { kind: "ConfigMap", name: /^kube-root-ca\.crt$/, because: "Kubernetes puts it into every namespace" },
  { kind: "PriorityClass", name: /^system-(cluster|node)-critical$/, because: "Kubernetes makes them" },
  { kind: "ClusterRole", name: /^(cluster-admin|admin|edit|view|system:.+)$/, because: "Kubernetes' default roles" },
  {
    kind: "Role",
    namespace: "kube-system",
    name: /^extension-apiserver-authentication-reader$/,
    because: "Kubernetes' default roles",
  },
  {
    kind: "Secret",
    namespace: "rackspace-system",
    name: /^cert-manager-webhook-ca$/,
    because: "cert-manager's webhook makes its own CA",
  },
];

const SYSTEM = "rackspace-system";

/** Pods that are there without the charts; the title says who makes them. */
export function externalPods(provider: Provider): readonly PodSet[] {
  return [
    ...(provider === "eks" ? [podSet("CoreDNS, an add-on of EKS", "kube-system", "kube-dns", dnsPorts)] : []),
    // Managed services whose charts do not exist yet: those that watch them and those that they speak to declare the flows.
    podSet("Elasticsearch", SYSTEM, "elasticsearch", [{ containerPort: 9200 }]),
    podSet("Harbor's PostgreSQL", SYSTEM, "harbor-database", [{ containerPort: 5432 }]),
    podSet("Harbor's Redis", SYSTEM, "harbor-redis", [{ containerPort: 6379 }]),
    podSet("PostgreSQL of kubernetes-auth", SYSTEM, "kubernetes-auth-database", [{ containerPort: 5432 }]),
    podSet("OAuth2 Proxy", SYSTEM, "oauth2-proxy", []),
    podSet("the MaaS agent", SYSTEM, "maas-agent", []),
  ];
}

type Provider = "openstack" | "eks";

const dnsPorts: readonly ContainerPort[] = [
  { name: "dns", containerPort: 53, protocol: "UDP" },
  { name: "dns-tcp", containerPort: 53 },
  { name: "metrics", containerPort: 9153 },
];

function podSet(title: string, namespace: string, app: string, ports: readonly ContainerPort[]): PodSet {
  return { title, namespace, labels: { "k8s-app": app }, spec: { containers: [{ name: app, ports }] } };
}

/** Services that are there without the charts; nothing of ours selects their pods. */
export function externalServices(provider: Provider): readonly Service[] {
  return [
    // Kubernetes makes it, with these labels.
    service("default", "kubernetes", { component: "apiserver", provider: "kubernetes" }, [
      { name: "https", port: 443 },
    ]),
    // The Prometheus Operator makes it, as its argument `--kubelet-service` says.
    service("kube-system", "kubelet", { "k8s-app": "kubelet" }, [{ name: "https-metrics", port: 10250 }]),
    ...(provider === "eks"
      ? [
          service(
            "kube-system",
            "kube-dns",
            { "k8s-app": "kube-dns" },
            dnsPorts.map(({ containerPort, ...port }) => ({ ...port, port: containerPort })),
          ),
        ]
      : []),
  ];
}

function service(namespace: string, name: string, labels: Labels, ports: readonly ServicePort[]): Service {
  return { apiVersion: "v1", kind: "Service", metadata: { namespace, name, labels }, spec: { ports } };
}

export function isExternal(kind: string, namespace: string | undefined, name: string): boolean {
  return externals.some(
    (external) =>
      external.kind === kind &&
      (external.namespace === undefined || external.namespace === namespace) &&
      external.name.test(name),
  );
}
