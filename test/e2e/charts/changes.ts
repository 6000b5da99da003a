import { type Outcome } from "../support/node-host.js";
import { type Manifest, type Person } from "./person.js";

/** A change of what is in a namespace. */
export interface Change {
  readonly ask: (person: Person, namespace: string) => Promise<Outcome>;
  /** What somebody hears who may, and reaches what these tests have not. @default - success */
  readonly answer?: RegExp;
}

/** A container that the strictest level of Pod Security lets pass. */
export function lockedDown(): Manifest {
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  };
  return { name: "main", image: "registry.k8s.io/pause:3.10.2", securityContext };
}

export function pod(namespace: string, name: string, spec: Manifest): Manifest {
  return { apiVersion: "v1", kind: "Pod", metadata: { namespace, name }, spec };
}

const DRY = "--dry-run=server";
const NO_HOST = /does not have a host assigned/;
const patch = (subresource: string, body: Manifest) => (person: Person, namespace: string) =>
  person.kubectl([
    ...["--namespace", namespace, "patch", "pod", "pod", "--subresource", subresource, DRY],
    ...["--patch", JSON.stringify(body)],
  ]);
const connect = (path: string) => (person: Person, namespace: string) =>
  person.raw("create", `/api/v1/namespaces/${namespace}/${path}`, {});
const kubectl =
  (...args: readonly string[]) =>
  (person: Person, namespace: string) =>
    person.kubectl(["--namespace", namespace, ...args]);
const create = (apiVersion: string, kind: string, fields: Manifest) => (person: Person, namespace: string) =>
  person.tryCreate({ apiVersion, kind, metadata: { namespace, name: "tried" }, ...fields });

/** Of a namespace that has the ConfigMap `settings`, the pod `pod` and the service account `default`. */
export const changes = {
  "create a ConfigMap": { ask: create("v1", "ConfigMap", {}) },
  "change a ConfigMap": { ask: kubectl("annotate", "configmap", "settings", "note=mine", DRY) },
  "delete a ConfigMap": { ask: kubectl("delete", "configmap", "settings", DRY) },
  "delete all ConfigMaps at once": {
    ask: (person, namespace) => person.raw("delete", `/api/v1/namespaces/${namespace}/configmaps?dryRun=All`),
  },
  "create a Deployment": {
    ask: create("apps/v1", "Deployment", {
      spec: {
        selector: { matchLabels: { app: "tried" } },
        template: { metadata: { labels: { app: "tried" } }, spec: { containers: [lockedDown()] } },
      },
    }),
  },
  "create a pod": { ask: create("v1", "Pod", { spec: { containers: [lockedDown()] } }) },
  "evict a pod": {
    ask: (person, namespace) =>
      person.raw("create", `/api/v1/namespaces/${namespace}/pods/pod/eviction?dryRun=All`, {
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { namespace, name: "pod" },
      }),
  },
  "add a container to a pod": {
    ask: patch("ephemeralcontainers", { spec: { ephemeralContainers: [{ ...lockedDown(), name: "debug" }] } }),
  },
  "say how a pod is": { ask: patch("status", { status: { reason: "Tried" } }) },
  "run a command in a pod": { ask: connect("pods/pod/exec?command=true&stdout=true"), answer: NO_HOST },
  "attach to a pod": { ask: connect("pods/pod/attach?stdout=true"), answer: NO_HOST },
  "forward a port of a pod": { ask: connect("pods/pod/portforward?ports=80"), answer: NO_HOST },
  "reach a service through the API server": { ask: connect("services/none/proxy/"), answer: /"none" not found/ },
  "get a token of a service account": { ask: kubectl("create", "token", "default") },
  "give a right": { ask: kubectl("create", "rolebinding", "tried", "--clusterrole", "view", "--user", "x", DRY) },
  "lead by a lease": { ask: create("coordination.k8s.io/v1", "Lease", { spec: { holderIdentity: "me" } }) },
  "write an event": {
    ask: (person, namespace) =>
      create("v1", "Event", { involvedObject: { kind: "Pod", name: "pod", namespace }, reason: "Tried" })(
        person,
        namespace,
      ),
  },
} as const satisfies Readonly<Record<string, Change>>;
