import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { managedNamespaceNames } from "../../../src/config/managed-namespaces.js";
import { platformIdentities } from "../../../charts/policies/platform-identities.js";
import { plannedCluster } from "../../../src/config/cluster-outputs.js";
import {
  MANAGED_NAMESPACE_LABEL,
  OWNER_LABEL,
  PRIVILEGED_PODS_ALLOWED,
  PRIVILEGED_PODS_LABEL,
} from "../../../charts/shared/labels.js";
import { eks, openStack } from "../../support/bootstraps.js";
import { eventually } from "../support/eventually.js";
import { type Outcome } from "../support/node-host.js";
import { type Change, changes, lockedDown, pod } from "./changes.js";
import { synthesize } from "./manifests.js";
import { expectAcceptance, expectRefusal, type Manifest, type Person } from "./person.js";
import { acceptedPods, only, refusedPods, withContext } from "./pods.js";
import { PolicedCluster } from "./policed-cluster.js";

const config = openStack({
  cluster: { domain: "example.com", profile: "development" },
  etcd: { count: 1 },
  controlPlane: { count: 1 },
});
const onEks = eks({ provider: { adminRoleArns: ["arn:aws:iam::123456789012:role/deployment/kaas"] } });
const managed = managedNamespaceNames(config);
const CONTENTS = "rackspace-managed-contents";
const NAMESPACES = "rackspace-namespaces";
const OBJECTS = "rackspace-platform-objects";
const NODES = "rackspace-node-proxy";
const PODS = "rackspace-users-pods";

interface Identity {
  readonly user: string;
  readonly group?: string;
}

/** Each test leaves the cluster as it found it: what would be stored is a dry run. */
describe("the policies", () => {
  let cluster: PolicedCluster;
  let operator: Person;
  /** Of the group that `rackspace:default-cluster-admin` binds. */
  let administrator: Person;
  /** Bound to Kubernetes' own roles, and to ours, across the cluster. */
  let editor: Person;
  let viewer: Person;
  let clusterEditor: Person;
  let clusterViewer: Person;
  let first: Readonly<Record<string, string>>;

  const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): Manifest => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels },
  });
  /** Without it, PodSecurity would be asked first, and refuse for its own reasons: on EKS it refuses nothing. */
  const unguarded = { "pod-security.kubernetes.io/enforce": "privileged" };
  const bind = (role: string, user: string) =>
    operator.do(["create", "clusterrolebinding", `test-${user}`, "--clusterrole", role, "--user", user]);

  beforeAll(async () => {
    cluster = await PolicedCluster.start(config);
    const bootstrapper = cluster.person("kaas-admin", "kubeadm:cluster-admins");
    operator = cluster.person("olga", "rackspace:operators");
    administrator = cluster.person("adam", plannedCluster(config).outputs.adminRoleId);
    [editor, viewer] = [cluster.person("erin"), cluster.person("vera")];
    [clusterEditor, clusterViewer] = [cluster.person("eve"), cluster.person("victor")];

    await bootstrapper.do(["create", "--filename", "-"], namespace("old", unguarded));
    await bootstrapper.do(["create", "serviceaccount", "default", "--namespace", "old"]);
    const privileged = { containers: [{ name: "main", image: "pause", securityContext: { privileged: true } }] };
    await bootstrapper.do(["create", "--filename", "-"], pod("old", "from-before", privileged));

    first = await cluster.apply(bootstrapper);
    await cluster.aggregateRoles();
    for (const [role, user] of [
      ["edit", "erin"],
      ["view", "vera"],
      ["rackspace:edit", "eve"],
      ["rackspace:view", "victor"],
    ] as const)
      await bind(role, user);
    const users = {
      team: unguarded,
      trusted: { ...unguarded, [PRIVILEGED_PODS_LABEL]: PRIVILEGED_PODS_ALLOWED },
    };
    for (const [name, labels] of Object.entries(users))
      await operator.do(["create", "--filename", "-"], namespace(name, labels));
    for (const name of [...Object.keys(users), ...managed]) {
      await operator.do(["create", "serviceaccount", "default", "--namespace", name]);
      await operator.do(["create", "configmap", "settings", "--namespace", name]);
      await operator.do(["create", "--filename", "-"], pod(name, "pod", { containers: [lockedDown()] }));
    }
    // The API server hears of policies a moment after they are stored.
    await eventually(async () => {
      const probe = ["--namespace", "rackspace-system", "delete", "configmap", "settings", "--dry-run=server"];
      expectRefusal(await administrator.kubectl(probe), CONTENTS);
    }, 60);
  });
  afterAll(() => cluster.stop());

  describe("as manifests", () => {
    it("are accepted in the order of their files, twice, and the second time changes nothing", async () => {
      const again = await cluster.apply(operator);
      const roles = (versions: typeof first) =>
        Object.fromEntries(
          Object.entries(versions).filter(([object]) => !/^ClusterRole\/\/rackspace:(view|edit)$/.test(object)),
        );
      expect(roles(again)).toEqual(roles(first));
      expect(Object.keys(first).length).toBeGreaterThan(30);
      // Of the two whose rules a controller has written meanwhile.
      expect(await cluster.apply(operator)).toEqual(again);
    });
  });

  describe.each(managed)("in %s", (name) => {
    it.each(Object.entries<Change>(changes))("refuse an administrator of the customer to %s", async (_, { ask }) => {
      expectRefusal(await ask(administrator, name), CONTENTS, "this namespace is managed");
    });

    it.each(["create a ConfigMap", "change a ConfigMap", "delete a ConfigMap", "create a Deployment"] as const)(
      "refuse an editor to %s, whom RBAC would let",
      async (change) => {
        expectRefusal(await changes[change].ask(editor, name), CONTENTS);
        expectRefusal(await changes[change].ask(clusterEditor, name), CONTENTS);
      },
    );

    it.each(Object.entries<Change>(changes))("let operators %s", async (_, { ask, answer }) => {
      expectAcceptance(await ask(operator, name), answer);
    });

    it("let a viewer read", async () => {
      for (const person of [viewer, clusterViewer, administrator])
        expectAcceptance(await person.kubectl(["--namespace", name, "get", "configmap", "settings"]));
    });

    it("refuse an administrator of the customer to delete, annotate or open it", async () => {
      const requests: readonly (readonly string[])[] = [
        ["delete", "namespace", name, "--dry-run=server"],
        ["annotate", "namespace", name, "note=mine", "--dry-run=server"],
        ["label", "namespace", name, `${MANAGED_NAMESPACE_LABEL}-`, "--dry-run=server"],
        ["label", "namespace", name, "--overwrite", "pod-security.kubernetes.io/warn=baseline", "--dry-run=server"],
      ];
      for (const request of requests.slice(name === "kube-system" ? 1 : 0))
        expectRefusal(await administrator.kubectl(request), NAMESPACES, "this namespace is managed");
      const finalize = `/api/v1/namespaces/${name}/finalize?dryRun=All`;
      expectRefusal(await administrator.raw("replace", finalize, namespace(name)), NAMESPACES);
    });

    it("let operators label it", async () => {
      const request = ["label", "namespace", name, `${MANAGED_NAMESPACE_LABEL}-`, "--dry-run=server"];
      expectAcceptance(await operator.kubectl(request));
    });
  });

  describe("of managed namespaces, by name", () => {
    const { users, userPrefixes, groups } = platformIdentities(config);
    const platform: readonly Identity[] = [
      ...users.map((user) => ({ user })),
      ...userPrefixes.map((prefix) => ({ user: `${prefix}agent` })),
      ...groups.map((group) => ({ user: "somebody", group })),
    ];
    const others: readonly Identity[] = [
      { user: "system:serviceaccount:team:default" },
      { user: "system:serviceaccount:rackspace-system-2:agent" },
      { user: "system:serviceaccount:ingress-nginx:agent" },
      { user: "system:nodes" },
      { user: "system:bootstrap:abcdef" },
      { user: "system:kube-controller-manager-2" },
      { user: "eks:addon-manager" },
      { user: "arn:aws:sts::123456789012:assumed-role/platform-admins/session" },
      { user: "rackspace:operators" },
      { user: "somebody", group: "rackspace:operators-2" },
      { user: "somebody", group: "system:serviceaccounts:kube-system" },
    ];
    const named = (identities: readonly Identity[]) =>
      identities.map((identity) => [Object.values(identity).join(" of "), identity] as const);
    /** So that what is refused is not for want of a right. */
    beforeAll(async () => {
      const names = [...new Set([...platform, ...others].map(({ user }) => user))];
      const binding = ["create", "clusterrolebinding", "test-all", "--clusterrole", "cluster-admin"];
      await operator.do([...binding, ...names.flatMap((user) => ["--user", user])]);
    });
    afterAll(() => operator.do(["delete", "clusterrolebinding", "test-all"]));

    it.each(named(platform))("let %s change what is in them", async (_, { user, group }) => {
      const person = cluster.person(user, ...(group === undefined ? [] : [group]));
      for (const name of managed) expectAcceptance(await changes["create a ConfigMap"].ask(person, name));
    });

    it.each(named(others))("refuse it to %s", async (_, { user, group }) => {
      const person = cluster.person(user, ...(group === undefined ? [] : [group]));
      for (const name of managed) expectRefusal(await changes["create a ConfigMap"].ask(person, name), CONTENTS);
    });
  });

  describe("in namespaces of users", () => {
    it.each(Object.entries<Change>(changes))("let an administrator of the customer %s", async (_, { ask, answer }) => {
      expectAcceptance(await ask(administrator, "team"), answer);
    });

    it("let an administrator of the customer make, label and delete them", async () => {
      expectAcceptance(await administrator.tryCreate(namespace("another", { team: "blue" })));
      expectAcceptance(await administrator.kubectl(["label", "namespace", "team", "team=blue", "--dry-run=server"]));
      for (const name of ["team", "trusted"])
        expectAcceptance(await administrator.kubectl(["delete", "namespace", name, "--dry-run=server"]));
    });

    it.each([MANAGED_NAMESPACE_LABEL, PRIVILEGED_PODS_LABEL, OWNER_LABEL])(
      "let operators alone give and take the label %s",
      async (label) => {
        const give = ["label", "namespace", "team", `${label}=allowed`, "--dry-run=server"];
        expectRefusal(await administrator.kubectl(give), NAMESPACES, "only the platform's operators");
        expectRefusal(await administrator.tryCreate(namespace("another", { [label]: "true" })), NAMESPACES);
        expectAcceptance(await operator.kubectl(give));
      },
    );

    it.each([`${PRIVILEGED_PODS_LABEL}-`, `${PRIVILEGED_PODS_LABEL}=other`])(
      "let operators alone take back what they allowed, by %s",
      async (label) => {
        const change = ["label", "namespace", "trusted", "--overwrite", label, "--dry-run=server"];
        expectRefusal(await administrator.kubectl(change), NAMESPACES, "only the platform's operators");
        expectAcceptance(await operator.kubectl(change));
      },
    );
  });

  describe("of pods of users", () => {
    it.each(Object.entries(refusedPods))("refuse one %s, whoever makes it", async (_, [message, faulty]) => {
      const manifest = pod("team", "tried", faulty);
      const replicaSets = cluster.controllerOf("replicaset-controller");
      for (const person of [administrator, editor, operator, replicaSets]) {
        if (person === replicaSets) await allowed(person);
        expectRefusal(await person.tryCreate(manifest), PODS, message);
      }
    });
    /** kubeadm gives no rights to controllers: the API server does, some seconds after it has started. */
    const allowed = (person: Person) =>
      eventually(async () => {
        expect(await person.can({ verb: "create", resource: "pods", namespace: "team" })).toBe(true);
      }, 60);

    it.each(Object.entries(acceptedPods))("accept one %s", async (_, sound) => {
      expectAcceptance(await editor.tryCreate(pod("team", "tried", sound)));
    });

    it.each(Object.entries(refusedPods))("accept one %s where operators allow it", async (_, [, faulty]) => {
      expectAcceptance(await editor.tryCreate(pod("trusted", "tried", faulty)));
    });

    it("accept any of operators in kube-system, and privileged ones among the node agents", async () => {
      for (const [, faulty] of Object.values(refusedPods))
        expectAcceptance(await operator.tryCreate(pod("kube-system", "tried", faulty)));
      const privileged = only({ privileged: true });
      expectAcceptance(await operator.tryCreate(pod("rackspace-node-agents", "tried", privileged)));
    });

    it("leave it to Pod Security to refuse those of operators in rackspace-system", async () => {
      const { stderr } = await operator.tryCreate(pod("rackspace-system", "tried", only({ runAsUser: 0 })));
      expect(stderr).toContain('violates PodSecurity "restricted:latest"');
    });

    const debug = (context: Manifest) => ({
      spec: { ephemeralContainers: [{ ...withContext(context), name: "debug" }] },
    });
    const addContainer = (context: Manifest) => [
      ...["--namespace", "team", "patch", "pod", "pod", "--subresource", "ephemeralcontainers", "--dry-run=server"],
      ...["--patch", JSON.stringify(debug(context))],
    ];
    it("refuse a container that is added to look into one, when it is root", async () => {
      const root = await administrator.kubectl(addContainer({ runAsUser: 0 }));
      expectRefusal(root, PODS, "containers may not run as root");
      expectAcceptance(await administrator.kubectl(addContainer({ runAsUser: 1000 })));
    });

    it("let one from before them lose a finalizer, change and end", async () => {
      const before = ["--namespace", "old"];
      const finalizers = ["--type", "merge", "--patch", '{"metadata":{"finalizers":["example.com/wait"]}}'];
      expectAcceptance(await editor.kubectl([...before, "patch", "pod", "from-before", ...finalizers]));
      const none = ["--type", "merge", "--patch", '{"metadata":{"finalizers":null}}'];
      expectAcceptance(await editor.kubectl([...before, "patch", "pod", "from-before", ...none]));
      expectAcceptance(await editor.kubectl([...before, "delete", "pod", "from-before", "--dry-run=server"]));
    });
  });

  describe("of objects of the whole cluster", () => {
    const dry = "--dry-run=server";
    const platformOwn: Readonly<Record<string, readonly string[]>> = {
      "delete the operators' binding": ["delete", "clusterrolebinding", "rackspace:operators", dry],
      "delete its own binding": ["delete", "clusterrolebinding", "rackspace:default-cluster-admin", dry],
      "change a role": ["annotate", "clusterrole", "rackspace:view-cluster", "note=mine", dry],
      "disown a role": ["label", "clusterrole", "rackspace:view-cluster", `${OWNER_LABEL}-`, dry],
      "delete a priority class": ["delete", "priorityclass", "platform", dry],
    };
    it.each(Object.entries(platformOwn))("refuse an administrator of the customer to %s", async (_, request) => {
      expectRefusal(await administrator.kubectl(request), OBJECTS, "the platform owns this object");
      expectAcceptance(await operator.kubectl(request));
    });

    it("let an administrator of the customer make and delete others, that do not pose as the platform's", async () => {
      const role = (labels: Readonly<Record<string, string>>) => ({
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "ClusterRole",
        metadata: { name: "own", labels },
        rules: [],
      });
      expectAcceptance(await administrator.tryCreate(role({})));
      expectAcceptance(await administrator.kubectl(["delete", "clusterrolebinding", "test-eve", dry]));
      expectRefusal(await administrator.tryCreate(role({ [OWNER_LABEL]: "platform" })), OBJECTS);
    });

    it("refuse an administrator of the customer the way to pods through kubelets", async () => {
      const ask = (person: Person): Promise<Outcome> => person.raw("get", "/api/v1/nodes/demo-worker-0/proxy/pods");
      expectRefusal(await ask(administrator), NODES, "kubelets serve managed namespaces too");
      expectAcceptance(await ask(operator), /"demo-worker-0" not found/);
    });

    it("stand in the audit log with what they refused to whom", async () => {
      await administrator.kubectl(platformOwn["delete a priority class"] ?? []);
      await eventually(() => {
        const lines = cluster.controller.readFile("/var/log/kubernetes/audit/audit.log").split("\n");
        const failures = lines.filter(
          (line) => line.includes('"adam"') && line.includes("validation.policy.admission.k8s.io/validation_failure"),
        );
        expect(failures.filter((line) => line.includes(OBJECTS)).length).toBeGreaterThan(0);
        return Promise.resolve();
      });
    });
  });

  describe("as a guard rail", () => {
    const remove = (kind: string) => ["delete", kind, CONTENTS, "--dry-run=server"];
    it.each(["validatingadmissionpolicy", "validatingadmissionpolicybinding"])(
      "cannot keep an administrator from deleting a %s, but RBAC keeps others from it",
      async (kind) => {
        expectAcceptance(await administrator.kubectl(remove(kind)));
        for (const person of [editor, viewer, clusterEditor, clusterViewer])
          expect((await person.kubectl(remove(kind))).stderr).toContain("cannot delete resource");
      },
    );
  });

  describe("beside roles", () => {
    it("leave the Secrets of managed namespaces to those whose role reads every Secret", async () => {
      const reads = (person: Person, name: string) => person.can({ verb: "get", resource: "secrets", namespace: name });
      for (const name of [...managed, "team"]) {
        for (const person of [viewer, clusterEditor, clusterViewer]) expect(await reads(person, name)).toBe(false);
        // Which is why no customer is bound to it across the cluster.
        expect(await reads(editor, name)).toBe(true);
      }
    });

    it("let those who edit the cluster run workloads, and see what these wait for", async () => {
      const run = { verb: "create", group: "apps", resource: "deployments", namespace: "team" };
      expect(await clusterEditor.can(run)).toBe(true);
      expect(await clusterViewer.can(run)).toBe(false);
      expect(await clusterEditor.can({ verb: "get", resource: "pods", namespace: "rackspace-system" })).toBe(true);
      expect(await clusterViewer.can({ verb: "list", resource: "nodes" })).toBe(true);
      const powers = [
        { verb: "create", resource: "pods", subresource: "exec" },
        { verb: "create", resource: "serviceaccounts", subresource: "token" },
        { verb: "impersonate", resource: "serviceaccounts" },
      ];
      for (const power of powers) {
        expect(await editor.can({ ...power, namespace: "rackspace-system" })).toBe(true);
        expect(await clusterEditor.can({ ...power, namespace: "rackspace-system" })).toBe(false);
      }
    });

    it("give Kubernetes' own roles the custom resources of managed services", async () => {
      const monitors = { group: "monitoring.coreos.com", resource: "servicemonitors", namespace: "team" };
      expect(await viewer.can({ verb: "list", ...monitors })).toBe(true);
      expect(await viewer.can({ verb: "create", ...monitors })).toBe(false);
      expect(await editor.can({ verb: "create", ...monitors })).toBe(true);
      expect(await clusterEditor.can({ verb: "create", ...monitors })).toBe(true);
    });
  });

  describe("of a cluster on EKS", () => {
    let amazon: Person;
    let kaas: Person;
    const ARN = "arn:aws:sts::123456789012:assumed-role";
    beforeAll(async () => {
      amazon = cluster.person("eks:addon-manager");
      kaas = cluster.person(`${ARN}/kaas/deploy`);
      const users = [amazon, kaas, cluster.person(`${ARN}/kaas-2/x`)].flatMap(({ user }) => ["--user", user]);
      await operator.do(["create", "clusterrolebinding", "test-eks", "--clusterrole", "cluster-admin", ...users]);
      await cluster.apply(operator, synthesize(onEks));
      // As somebody whom these know and those before did not.
      await eventually(async () => {
        expectAcceptance(await changes["create a ConfigMap"].ask(amazon, "rackspace-system"));
      }, 60);
    });

    it("know its ingress, Amazon's controllers and the sessions of its administrators' IAM roles", async () => {
      for (const name of managedNamespaceNames(onEks)) {
        for (const person of [amazon, kaas]) expectAcceptance(await changes["create a ConfigMap"].ask(person, name));
        const stranger = cluster.person(`${ARN}/kaas-2/x`);
        expectRefusal(await changes["create a ConfigMap"].ask(stranger, name), CONTENTS);
      }
    });

    it("refuse the group of its administrators that kubernetes-auth names", async () => {
      const person = cluster.person("ada", onEks.access.adminRole);
      expectRefusal(await changes["create a ConfigMap"].ask(person, "ingress-nginx"), CONTENTS);
    });

    it("are accepted a second time, which changes nothing", async () => {
      const manifests = synthesize(onEks);
      expect(await cluster.apply(kaas, manifests)).toEqual(await cluster.apply(kaas, manifests));
    });
  });
});
