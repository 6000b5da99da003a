import { describe, expect, it } from "@jest/globals";
import { authorizationConfiguration } from "../../../src/bootstrap/api-server/authorization.js";
import { apiServerFiles, apiServerFlags } from "../../../src/bootstrap/api-server/flags.js";
import { cluster } from "../support/bootstrap-cluster.js";

const hosted = apiServerFlags(cluster());
const asking = apiServerFlags(cluster({ auth: { mode: "hosted", authorization: true } }));

describe("the API server", () => {
  it("asks kubernetes-auth who somebody is, in the version that this speaks", () => {
    expect(hosted).toMatchObject({
      "authentication-token-webhook-config-file": apiServerFiles.authenticationWebhook,
      "authentication-token-webhook-version": "v1",
    });
  });

  it("forgets within a minute that a token was good: the cache's time and the ten seconds that nobody can set", () => {
    const seconds = /^(\d+)s$/.exec(hosted["authentication-token-webhook-cache-ttl"] ?? "")?.[1];
    expect(Number(seconds) + 10).toBeLessThanOrEqual(60);
  });

  it("asks what somebody may do only when told so, before RBAC", () => {
    expect(hosted["authorization-mode"]).toBe("Node,RBAC");
    expect(hosted["authorization-config"]).toBeUndefined();
    // The API server takes either.
    expect(asking["authorization-config"]).toBe(apiServerFiles.authorization);
    expect(asking["authorization-mode"]).toBeUndefined();
    expect(authorizationConfiguration.authorizers.map(({ type }) => type)).toEqual(["Node", "Webhook", "RBAC"]);
  });

  it("is told of anonymous users by the authentication configuration alone: it refuses to start with the flag beside", () => {
    expect(hosted["authentication-config"]).toBe(apiServerFiles.authentication);
    for (const flags of [hosted, asking]) {
      expect(Object.keys(flags).filter((flag) => /^(anonymous-auth|oidc-)/.test(flag))).toEqual([]);
    }
  });

  it("keeps Secrets encrypted, and a log of what was asked", () => {
    expect(hosted).toMatchObject({
      "encryption-provider-config": apiServerFiles.encryption,
      "audit-policy-file": apiServerFiles.auditPolicy,
      "audit-log-path": "/var/log/kubernetes/audit/audit.log",
    });
  });

  it("ends and replaces its log before that fills the disk", () => {
    for (const limit of ["audit-log-maxage", "audit-log-maxbackup", "audit-log-maxsize"]) {
      expect(Number(hosted[limit])).toBeGreaterThan(0);
    }
    expect(Number(hosted["audit-log-maxbackup"]) * Number(hosted["audit-log-maxsize"])).toBeLessThanOrEqual(2000);
  });
});
