import { describe, expect, it } from "@jest/globals";
import { openStackCluster } from "../support/clusters.js";
import { checks, type CheckName } from "./cross-references/checks.js";
import { ClusterOutput } from "./cross-references/cluster-output.js";
import type { KubeObject } from "./cross-references/kube-object.js";

/** Real output, that every mutation breaks in one place. */
const sound = ClusterOutput.of(openStackCluster());

type Json = Record<string, unknown>;
type Mutation = (output: ClusterOutput) => ClusterOutput;

function deploymentNamed(name: string): KubeObject {
  const found = sound.objects.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === name);
  if (found === undefined) throw new Error(`there is no Deployment ${name}`);
  return found;
}

/** One object changed: its value at a path, of keys and indexes. */
function set(kind: string, name: string, path: string, value: unknown): Mutation {
  return change(kind, name, (object) => {
    const keys = path.split("/");
    const last = keys.pop() ?? "";
    const parent = keys.reduce<unknown>((at, key) => (at as Json)[key], object) as Json;
    if (parent[last] === undefined && value === undefined) throw new Error(`${kind} ${name} has no ${path}`);
    parent[last] = value;
  });
}

function change(kind: string, name: string, alter: (object: KubeObject) => void): Mutation {
  return (output) => {
    const objects = structuredClone(output.objects);
    const object = objects.find((each) => each.kind === kind && each.metadata.name === name);
    if (object === undefined) throw new Error(`there is no ${kind} ${name}`);
    alter(object);
    return output.with({ objects });
  };
}

function without(kind: string, name: string): Mutation {
  return (output) => {
    const objects = output.objects.filter((each) => each.kind !== kind || each.metadata.name !== name);
    if (objects.length === output.objects.length) throw new Error(`there is no ${kind} ${name}`);
    return output.with({ objects });
  };
}

function withMore(...more: readonly KubeObject[]): Mutation {
  return (output) => output.with({ objects: [...output.objects, ...more] });
}

const metricsServer = deploymentNamed("metrics-server");
const configMap = (name: string, data: Json): KubeObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "rackspace-system" },
  data,
});
const POD = "spec/template/spec";

const mutations: readonly (readonly [CheckName, string, Mutation, string])[] = [
  ["objects are written once", "an object stands twice", withMore(metricsServer), "metrics-server is written twice"],
  [
    "namespaces exist before what is in them",
    "an object is in a namespace that nobody makes",
    set("Deployment", "metrics-server", "metadata/namespace", "elsewhere"),
    "elsewhere/metrics-server: its namespace does not exist",
  ],
  [
    "namespaces exist before what is in them",
    "a namespace comes late",
    (output) => output.with({ objects: [...output.objects].reverse() }),
    "comes before its namespace",
  ],
  [
    "services select pods that listen",
    "a Service selects by another label",
    set("Service", "metrics-server", "spec/selector", { "k8s-app": "metrics-servers" }),
    "Service rackspace-system/metrics-server selects no pods",
  ],
  [
    "services select pods that listen",
    "a Service forwards to a port that no container has",
    set("Service", "metrics-server", "spec/ports/0/targetPort", "web"),
    "does not listen on web",
  ],
  [
    "services select pods that listen",
    "a Service has neither pods nor addresses",
    without("EndpointSlice", "etcd"),
    "Service kube-system/etcd selects nothing and has no addresses",
  ],
  [
    "monitors find what they watch",
    "a ServiceMonitor asks for a port by another name",
    set("ServiceMonitor", "kube-state-metrics", "spec/endpoints/0/port", "web"),
    "kube-state-metrics finds no port web",
  ],
  [
    "monitors find what they watch",
    "a Service loses the label that it is found by",
    set("Service", "kube-state-metrics", "metadata/labels", {}),
    "ServiceMonitor rackspace-system/kube-state-metrics finds no Service",
  ],
  [
    "monitors find what they watch",
    "a Probe's prober is another Service",
    set("Probe", "kubernetes-api", "spec/prober/url", "blackbox.rackspace-system.svc:9115"),
    "no Service serves blackbox.rackspace-system.svc:9115",
  ],
  [
    "monitors find what they watch",
    "a PodMonitor looks for pods that do not exist",
    withMore({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      metadata: { name: "gone", namespace: "rackspace-system" },
      spec: { selector: { matchLabels: { "k8s-app": "gone" } } },
    }),
    "PodMonitor rackspace-system/gone finds no pods",
  ],
  [
    "Secrets, ConfigMaps and their keys exist",
    "a chart asks for a Secret that it does not declare",
    (output) => output.with({ secrets: output.secrets.filter(({ name }) => name !== "grafana") }),
    "there is no Secret rackspace-system/grafana",
  ],
  [
    "Secrets, ConfigMaps and their keys exist",
    "a Secret that is asked for lacks a key",
    (output) =>
      output.with({
        secrets: output.secrets.map((secret) =>
          secret.name === "grafana" ? { ...secret, keys: { other: { from: "generated", length: 32 } } } : secret,
        ),
      }),
    "Secret grafana has no key admin-password",
  ],
  [
    "Secrets, ConfigMaps and their keys exist",
    "a Secret is declared that nobody asks for",
    (output) =>
      output.with({
        secrets: [...output.secrets, { namespace: "rackspace-system", name: "idle", purpose: "none", keys: {} }],
      }),
    "nothing refers to the required Secret rackspace-system/idle",
  ],
  [
    "Secrets, ConfigMaps and their keys exist",
    "a volume is of a ConfigMap that does not exist",
    set("Deployment", "metrics-server", `${POD}/volumes`, [{ name: "files", configMap: { name: "gone" } }]),
    "there is no ConfigMap rackspace-system/gone",
  ],
  [
    "Secrets, ConfigMaps and their keys exist",
    "a variable is of a key that does not exist",
    (output) =>
      set("Deployment", "metrics-server", `${POD}/containers/0/env`, [
        { name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "a" } } },
      ])(withMore(configMap("settings", { b: "1" }))(output)),
    "ConfigMap settings has no key a",
  ],
  [
    "Secrets, ConfigMaps and their keys exist",
    "a file is mounted that is not in the volume",
    (output) =>
      change("Deployment", "metrics-server", (object) => {
        const { spec } = (object["spec"] as { template: { spec: Json } }).template;
        spec["volumes"] = [{ name: "files", configMap: { name: "settings" } }];
        (spec["containers"] as Json[])[0] = {
          ...(spec["containers"] as Json[])[0],
          volumeMounts: [{ name: "files", mountPath: "/a", subPath: "a" }],
        };
      })(withMore(configMap("settings", { b: "1" }))(output)),
    "ConfigMap settings has no key a",
  ],
  [
    "Secrets, ConfigMaps and their keys exist",
    "a resource of the operator's names a Secret in a field of its own",
    set("Alertmanager", "platform", "spec/web", { tlsConfig: { keySecret: { name: "gone", key: "tls.key" } } }),
    "there is no Secret rackspace-system/gone",
  ],
  [
    "Secrets, ConfigMaps and their keys exist",
    "no certificate makes the Secret of an issuer",
    without("Certificate", "platform-ca"),
    "there is no Secret rackspace-system/platform-ca",
  ],
  [
    "accounts, roles and subjects exist",
    "pods run as an account that does not exist",
    set("Deployment", "metrics-server", `${POD}/serviceAccountName`, "gone"),
    "there is no ServiceAccount gone",
  ],
  [
    "accounts, roles and subjects exist",
    "the operator's pods run as an account that does not exist",
    without("ServiceAccount", "prometheus-k8s"),
    "Prometheus rackspace-system/k8s: there is no ServiceAccount prometheus-k8s",
  ],
  [
    "accounts, roles and subjects exist",
    "a binding binds a role that does not exist",
    without("ClusterRole", "rackspace:metrics-server"),
    "there is no ClusterRole rackspace:metrics-server",
  ],
  [
    "accounts, roles and subjects exist",
    "a binding binds an account of another namespace",
    set("ClusterRoleBinding", "rackspace:metrics-server", "subjects/0/namespace", "kube-system"),
    "there is no ServiceAccount kube-system/metrics-server",
  ],
  [
    "accounts, roles and subjects exist",
    "a binding binds nobody",
    set("ClusterRoleBinding", "rackspace:metrics-server", "subjects", []),
    "binds nobody",
  ],
  [
    "priority classes exist",
    "a class is not made",
    without("PriorityClass", "platform"),
    "there is no PriorityClass platform",
  ],
  [
    "policies and disruption budgets select pods",
    "a budget is about other pods",
    set("PodDisruptionBudget", "metrics-server", "spec/selector/matchLabels/k8s-app", "gone"),
    "PodDisruptionBudget rackspace-system/metrics-server selects no pods",
  ],
  [
    "policies and disruption budgets select pods",
    "a policy is about other pods",
    set("NetworkPolicy", "metrics-server-to-api-server", "spec/podSelector/matchLabels/k8s-app", "gone"),
    "metrics-server-to-api-server selects no pods",
  ],
  [
    "policies and disruption budgets select pods",
    "a policy is about pods on their nodes' network",
    set("Deployment", "metrics-server", `${POD}/hostNetwork`, true),
    "which is on its node's network",
  ],
  [
    "policies and disruption budgets select pods",
    "two workloads select the same pods",
    withMore({ ...metricsServer, metadata: { ...metricsServer.metadata, name: "again" } }),
    "selects the pods of Deployment rackspace-system/metrics-server and Deployment rackspace-system/again",
  ],
  [
    "flows have both policies",
    "the target of a flow lets nobody in",
    without("NetworkPolicy", "kube-state-metrics-from-prometheus-k8s"),
    "prometheus-k8s-to-kube-state-metrics: Deployment rackspace-system/kube-state-metrics has no policy for the other end",
  ],
  [
    "flows have both policies",
    "the source of a flow may not go out",
    without("NetworkPolicy", "prometheus-k8s-to-kube-state-metrics"),
    "kube-state-metrics-from-prometheus-k8s: Prometheus rackspace-system/k8s has no policy for the other end",
  ],
  [
    "flows have both policies",
    "the two policies differ in the port",
    set("NetworkPolicy", "kube-state-metrics-from-prometheus-k8s", "spec/ingress/0/ports/0/port", 4443),
    "on 4443/TCP",
  ],
  [
    "flows have both policies",
    "the two policies differ in the protocol",
    set("NetworkPolicy", "kube-state-metrics-from-prometheus-k8s", "spec/ingress/0/ports/0/protocol", "UDP"),
    "has no policy for the other end",
  ],
  [
    "flows have both policies",
    "the target does not listen",
    set("Deployment", "kube-state-metrics", `${POD}/containers/0/ports`, []),
    "Deployment rackspace-system/kube-state-metrics does not listen on",
  ],
  [
    "flows have both policies",
    "the peer is in another namespace",
    set("NetworkPolicy", "kube-state-metrics-from-prometheus-k8s", "spec/ingress/0/from/0/namespaceSelector", {
      matchLabels: { "kubernetes.io/metadata.name": "rackspace-node-agents" },
    }),
    "names pods that do not exist",
  ],
  [
    "webhooks and aggregated APIs are served",
    "an aggregated API is served on another port",
    set("APIService", "v1beta1.metrics.k8s.io", "spec/service/port", 8443),
    "Service rackspace-system/metrics-server does not serve 8443",
  ],
  [
    "webhooks and aggregated APIs are served",
    "a webhook's Service does not exist",
    without("Service", "cert-manager-webhook"),
    "Service rackspace-system/cert-manager-webhook does not serve 443",
  ],
  [
    "custom resources refer to what exists",
    "a certificate's issuer does not exist",
    without("Issuer", "platform-root"),
    "there is no Issuer platform-root",
  ],
  [
    "custom resources refer to what exists",
    "a policy is bound nowhere",
    (output) => {
      const binding = output.objects.find(({ kind }) => kind === "ValidatingAdmissionPolicyBinding");
      return without("ValidatingAdmissionPolicyBinding", binding?.metadata.name ?? "")(output);
    },
    "is bound nowhere",
  ],
  [
    "custom resources refer to what exists",
    "a Prometheus' Alertmanager does not exist",
    without("Service", "alertmanager"),
    "Service alertmanager does not serve web",
  ],
  [
    "custom resources refer to what exists",
    "an Alertmanager's configuration does not exist",
    without("AlertmanagerConfig", "platform"),
    "there is no AlertmanagerConfig platform",
  ],
  [
    "custom resources refer to what exists",
    "a disk is of a class that does not exist",
    set("Alertmanager", "platform", "spec/storage/volumeClaimTemplate/spec/storageClassName", "fast"),
    "there is no StorageClass fast",
  ],
  [
    "custom resources refer to what exists",
    "a monitor has no label that a Prometheus chooses it by",
    set("ServiceMonitor", "kube-state-metrics", "metadata/labels", {}),
    "ServiceMonitor rackspace-system/kube-state-metrics is watched by no Prometheus",
  ],
  [
    "images are the catalogue's",
    "an image is none of the catalogue's",
    set("Deployment", "metrics-server", `${POD}/containers/0/image`, "docker.io/library/metrics-server:latest"),
    "the catalogue does not have docker.io/library/metrics-server:latest",
  ],
  [
    "images are the catalogue's",
    "an argument names an image past the catalogue",
    set("Deployment", "metrics-server", `${POD}/containers/0/args`, ["--reloader=quay.io/other/reloader:v1.0.0"]),
    "the catalogue does not have quay.io/other/reloader:v1.0.0",
  ],
  [
    "nothing secret is written",
    "a Secret is written",
    withMore({ apiVersion: "v1", kind: "Secret", metadata: { name: "grafana", namespace: "rackspace-system" } }),
    "Secret rackspace-system/grafana is written",
  ],
  [
    "nothing secret is written",
    "a variable holds a password",
    set("Deployment", "metrics-server", `${POD}/containers/0/env`, [{ name: "DB_PASSWORD", value: "hush" }]),
    "gives DB_PASSWORD in plain text",
  ],
  [
    "nothing secret is written",
    "a configuration holds a password",
    withMore(configMap("settings", { "a.ini": "[database]\npassword = hush\n" })),
    "settings gives a secret away in a.ini",
  ],
  [
    "nothing secret is written",
    "a configuration holds a private key",
    withMore(configMap("settings", { "a.pem": "-----BEGIN EC PRIVATE KEY-----\nMHc\n" })),
    "settings holds a private key",
  ],
];

describe("the check that", () => {
  it.each(Object.entries(checks))("%s finds nothing wrong in what is sound", (_rule, check) => {
    expect(check(sound)).toEqual([]);
  });

  it.each(mutations)("%s fails when %s", (rule, _mistake, mutate, said) => {
    expect(checks[rule](mutate(sound))).toContainEqual(expect.stringContaining(said));
  });

  it("stands here at all has a mutation", () => {
    const shown = new Set(mutations.map(([rule]) => rule));
    expect(Object.keys(checks).filter((rule) => !shown.has(rule as CheckName))).toEqual([]);
  });
});
