import { describe, expect, it } from "@jest/globals";
import { kubeconfig } from "../../src/bootstrap/kubeconfig.js";

const server = "https://api-int.demo.example.com:6443";

describe("a kubeconfig", () => {
  it("uses the one cluster and the one user that it has", () => {
    const config = kubeconfig({ server, certificateAuthorityData: "Q0E=", user: { token: "abcdef" } });
    expect(config.contexts).toEqual([{ name: "default", context: { cluster: "default", user: "default" } }]);
    expect(config["current-context"]).toBe("default");
    expect(config.clusters).toEqual([{ name: "default", cluster: { server, "certificate-authority-data": "Q0E=" } }]);
    expect(config.users).toEqual([{ name: "default", user: { token: "abcdef" } }]);
  });

  it("without an authority trusts whom the operating system trusts", () => {
    expect(kubeconfig({ server, user: {} }).clusters).toEqual([{ name: "default", cluster: { server } }]);
  });
});
