import { describe, expect, it } from "@jest/globals";
import { admissionConfiguration } from "../../../src/bootstrap/api-server/admission.js";

const { defaults, exemptions } = admissionConfiguration.plugins[0].configuration;

describe("a namespace that names no level of its own", () => {
  it("takes no pod that could take over its node, and warns of what is not restricted", () => {
    expect(defaults).toMatchObject({ enforce: "baseline", warn: "restricted", audit: "restricted" });
  });

  it("is no exemption by user or runtime: only Kubernetes' own namespace is one", () => {
    expect(exemptions).toEqual({ usernames: [], runtimeClasses: [], namespaces: ["kube-system"] });
  });
});
