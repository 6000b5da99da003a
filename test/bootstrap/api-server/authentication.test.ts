import { describe, expect, it } from "@jest/globals";
import { authenticationConfiguration } from "../../../src/bootstrap/api-server/authentication.js";
import { cluster } from "../support/bootstrap-cluster.js";

const oidc = { issuer: "https://login.example.com", clientId: "kaas", usernameClaim: "email" };
const withIssuer = authenticationConfiguration(cluster({ access: { oidc } }));

describe("who signs in", () => {
  it("is nobody for the three paths of health, and for no other", () => {
    expect(authenticationConfiguration(cluster()).anonymous).toEqual({
      enabled: true,
      conditions: [{ path: "/healthz" }, { path: "/livez" }, { path: "/readyz" }],
    });
  });

  it("comes from no issuer unless one is named", () => {
    expect(authenticationConfiguration(cluster())).not.toHaveProperty("jwt");
  });

  it("comes from the named issuer for its audience alone", () => {
    expect(withIssuer.jwt).toMatchObject([
      {
        issuer: { url: oidc.issuer, audiences: ["kaas"] },
        claimMappings: { username: { claim: "email", prefix: "" }, groups: { claim: "groups", prefix: "" } },
      },
    ]);
  });

  it.each(["system:", "kubeadm:", "rackspace:"])(
    "has no name or group that starts with %s, whatever the issuer says",
    (prefix) => {
      const [users = "", groups = ""] = (withIssuer.jwt?.[0]?.userValidationRules ?? []).map(
        ({ expression }) => expression,
      );
      expect(users).toContain(`user.username.startsWith("${prefix}")`);
      expect(users).toMatch(/^!\(.*\)$/);
      expect(groups).toContain(`group.startsWith("${prefix}")`);
      expect(groups).toMatch(/^!user\.groups\.exists\(group, .*\)$/);
    },
  );
});
