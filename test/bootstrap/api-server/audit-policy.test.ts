import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { auditPolicy } from "../../../src/bootstrap/api-server/audit-policy.js";
import { auditLevel, type AuditedRequest } from "../support/audit-level.js";

const somebody: Pick<AuditedRequest, "user" | "groups"> = { user: "alice", groups: ["system:authenticated"] };
const node = { user: "system:node:demo-worker-0", groups: ["system:nodes", "system:authenticated"] };
const reading = ["get", "list", "watch"];
const writing = ["create", "update", "patch", "delete", "deletecollection"];

const level = (request: Partial<AuditedRequest>) => auditLevel(auditPolicy, { ...somebody, verb: "get", ...request });

describe("the audit log", () => {
  const users = fc.constantFrom(
    "alice",
    node.user,
    "system:kube-proxy",
    "system:apiserver",
    "system:kube-controller-manager",
    "system:kube-scheduler",
    "system:serviceaccount:kube-system:kube-proxy",
    "system:serviceaccount:rackspace-system:velero",
  );
  const groups = fc.subarray([
    "system:nodes",
    "system:masters",
    "system:serviceaccounts",
    "system:serviceaccounts:kube-system",
  ]);
  const verbs = fc.constantFrom(...reading, ...writing);

  it.each([
    ["", "secrets"],
    ["", "configmaps"],
    ["", "serviceaccounts/token"],
    ["authentication.k8s.io", "tokenreviews"],
  ])("says who asked for %j %s, and never what is in it, whoever asks", (group, resource) => {
    fc.assert(
      fc.property(users, groups, verbs, (user, memberships, verb) => {
        expect(level({ user, groups: memberships, verb, group, resource })).toBe("Metadata");
      }),
    );
  });

  it.each(writing)("says what was asked when somebody wants to %s a workload", (verb) => {
    expect(level({ verb, group: "", resource: "pods" })).toBe("Request");
    expect(level({ verb, group: "apps", resource: "deployments" })).toBe("Request");
    expect(level({ ...node, verb, group: "", resource: "pods/status" })).toBe("Request");
  });

  it("says who runs something in a pod", () => {
    expect(level({ verb: "create", group: "", resource: "pods/exec" })).toBe("Request");
    expect(level({ verb: "get", group: "", resource: "pods/exec" })).toBe("Metadata");
  });

  it.each(reading)("says who wants to %s something, and no more", (verb) => {
    expect(level({ verb, group: "", resource: "pods" })).toBe("Metadata");
    expect(level({ verb, group: "rbac.authorization.k8s.io", resource: "clusterroles" })).toBe("Metadata");
  });

  it("leaves out events, of both their groups", () => {
    for (const group of ["", "events.k8s.io"]) {
      for (const verb of [...reading, ...writing]) expect(level({ verb, group, resource: "events" })).toBe("None");
    }
  });

  it("leaves out what asks for health and metrics", () => {
    for (const path of ["/healthz", "/livez", "/readyz", "/readyz/etcd", "/version", "/openapi/v3", "/metrics"]) {
      expect(level({ path })).toBe("None");
    }
    expect(level({ path: "/apis" })).toBe("Metadata");
  });

  it("leaves out how nodes and the control plane show that they live", () => {
    const lease = { verb: "update", group: "coordination.k8s.io", resource: "leases" };
    expect(level({ ...node, ...lease })).toBe("None");
    expect(level({ user: "system:kube-scheduler", ...lease })).toBe("None");
    expect(level(lease)).toBe("Request");
  });

  it("leaves out what nodes read of their pods, and what kube-proxy watches", () => {
    expect(level({ ...node, group: "", resource: "pods" })).toBe("None");
    // As kubeadm runs it.
    const proxy = { user: "system:serviceaccount:kube-system:kube-proxy", groups: ["system:serviceaccounts"] };
    expect(level({ ...proxy, verb: "watch", group: "discovery.k8s.io", resource: "endpointslices" })).toBe("None");
  });

  it("has a line for a request when it is answered, not when it comes", () => {
    expect(auditPolicy.omitStages).toEqual(["RequestReceived"]);
  });
});
