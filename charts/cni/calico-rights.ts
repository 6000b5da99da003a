import type { k8s } from "cdk8s-plus-27";

// What upstream's manifests grant, without what is for other ways of running Calico: another group of its API, upgrades from
// old releases, another datastore. Source: github.com/projectcalico/calico, charts/calico/templates

const READ = ["get", "list", "watch"];
const CHANGE = ["create", "update", "delete"];

/** What Calico keeps in resources of its own. */
function calico(resources: readonly string[], verbs: readonly string[]): k8s.PolicyRule {
  return { apiGroups: ["crd.projectcalico.org"], resources: [...resources], verbs: [...verbs] };
}

/** Which addresses are whose. */
const addresses = ["blockaffinities", "ipamblocks", "ipamhandles"];

/** What policies and routes are made from: Felix reads it, or Typha for many of them. */
export const readerRules: readonly k8s.PolicyRule[] = [
  { apiGroups: [""], resources: ["nodes", "pods", "namespaces", "serviceaccounts"], verbs: READ },
  { apiGroups: [""], resources: ["services", "endpoints"], verbs: READ },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
  { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: ["list", "watch"] },
  { apiGroups: ["policy.networking.k8s.io"], resources: ["clusternetworkpolicies"], verbs: ["list", "watch"] },
  // Looked for in case that users run virtual machines in pods.
  { apiGroups: ["kubevirt.io"], resources: ["virtualmachineinstancemigrations"], verbs: READ },
  calico(
    [
      "bgpconfigurations",
      "bgpfilters",
      "bgppeers",
      "blockaffinities",
      "caliconodestatuses",
      "clusterinformations",
      "felixconfigurations",
      "globalnetworkpolicies",
      "globalnetworksets",
      "hostendpoints",
      "ipamblocks",
      "ippools",
      "ipreservations",
      "networkpolicies",
      "networksets",
      "stagedglobalnetworkpolicies",
      "stagedkubernetesnetworkpolicies",
      "stagednetworkpolicies",
      "tiers",
    ],
    READ,
  ),
];

/** What it does on top on its node: it says there that the network is up, and makes what is missing of Calico's own. */
export const nodeRules: readonly k8s.PolicyRule[] = [
  ...readerRules,
  { apiGroups: [""], resources: ["nodes/status"], verbs: ["patch", "update"] },
  calico(["tiers"], ["create"]),
  calico(["ippools", "felixconfigurations", "bgpconfigurations", "clusterinformations"], ["create", "update"]),
  calico(["caliconodestatuses"], ["update"]),
];

/** The address of the node's tunnel is one of the pods'. */
export const addressRules: readonly k8s.PolicyRule[] = [
  calico(addresses, [...READ, ...CHANGE]),
  calico(["ipamconfigs"], ["get", "create"]),
];

/** What the plugin does for each pod that starts or ends. */
export const pluginRules: readonly k8s.PolicyRule[] = [
  { apiGroups: [""], resources: ["pods", "nodes", "namespaces"], verbs: ["get"] },
  { apiGroups: [""], resources: ["pods/status"], verbs: ["patch"] },
  { apiGroups: ["kubevirt.io"], resources: ["virtualmachines", "virtualmachineinstances"], verbs: ["get"] },
  calico([...addresses, "clusterinformations", "ippools", "ipreservations", "ipamconfigs"], ["get", "list", ...CHANGE]),
];

/** What clears up after nodes and pods that are gone. */
export const controllersRules: readonly k8s.PolicyRule[] = [
  { apiGroups: [""], resources: ["nodes", "pods"], verbs: READ },
  { apiGroups: ["kubevirt.io"], resources: ["virtualmachines", "virtualmachineinstances"], verbs: READ },
  // Waits for a definition by which Calico's resources would move to another group.
  { apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: READ },
  calico([...addresses, "ipamconfigs", "tiers", "hostendpoints"], [...READ, ...CHANGE]),
  calico(["ippools", "ipreservations"], READ),
  calico(["clusterinformations", "kubecontrollersconfigurations"], [...READ, "create", "update"]),
  calico(["kubecontrollersconfigurations/status"], ["get", "update"]),
];
