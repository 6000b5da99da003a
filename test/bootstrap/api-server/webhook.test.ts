import { describe, expect, it } from "@jest/globals";
import { webhookUrl } from "../../../src/bootstrap/api-server/webhook.js";
import { certificatePlan } from "../../../src/pki/certificate-plan.js";
import { cluster } from "../support/bootstrap-cluster.js";

describe("where the API server asks kubernetes-auth", () => {
  it("is the service's fixed address when the cluster hosts it: a controller resolves no names of services", () => {
    const config = cluster({ network: { serviceCidr: "10.65.0.0/16" } });
    expect(webhookUrl(config, "/authenticate/token")).toBe("https://10.65.0.12:8443/authenticate/token");
  });

  it("is an address that kubernetes-auth's certificate names", () => {
    const { hostname } = new URL(webhookUrl(cluster(), "/authenticate/token"));
    const certificate = certificatePlan(cluster()).find(({ path }) => path[0] === "authServer");
    expect(certificate?.ipAddresses).toContain(hostname);
  });

  it.each(["https://auth.example.com", "https://auth.example.com/", "https://auth.example.com//"])(
    "is the other cluster's %s, with one slash between",
    (url) => {
      const config = cluster({ auth: { mode: "external", url } });
      expect(webhookUrl(config, "/authorize")).toBe("https://auth.example.com/authorize");
    },
  );

  it("keeps the path of an address that has one", () => {
    const config = cluster({ auth: { mode: "external", url: "https://example.com/auth/" } });
    expect(webhookUrl(config, "/authorize")).toBe("https://example.com/auth/authorize");
  });
});
