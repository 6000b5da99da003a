import { describe, expect, it } from "@jest/globals";
import { Chart, Testing } from "cdk8s";
import { IssuersChart } from "../../charts/issuers/issuers-chart.js";
import { ServiceCertificate } from "../../charts/issuers/service-certificate.js";
import { chartsOf } from "../../charts/charts-of.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { eks, openStack } from "../support/bootstraps.js";
import { find, type Manifest } from "./workload-manifests.js";

const manifests = Testing.synth(new IssuersChart(Testing.app(), "issuers", { config: openStack() })) as Manifest[];

describe("the platform's issuer", () => {
  const authority = find(manifests, "Certificate");

  it("signs by an authority that signs itself, whose key stands where cert-manager looks for it", () => {
    const root = find(manifests, "Issuer");
    expect(root.spec).toEqual({ selfSigned: {} });
    expect(authority.spec).toMatchObject({
      isCA: true,
      issuerRef: { group: "cert-manager.io", kind: "Issuer", name: root.metadata.name },
    });
    expect([root, authority].map(({ metadata }) => metadata.namespace)).toEqual([
      "rackspace-system",
      "rackspace-system",
    ]);
    const { secretName } = authority.spec as unknown as { readonly secretName: string };
    expect(find(manifests, "ClusterIssuer", "platform").spec).toEqual({ ca: { secretName } });
  });

  it("has an authority that is renewed long before what it signed ends", () => {
    const hours = (duration: unknown) => Number(/^(\d+)h$/.exec(String(duration))?.[1]);
    const { renewBefore } = authority.spec as unknown as { readonly renewBefore: string };
    const chart = new Chart(Testing.app(), "chart");
    new ServiceCertificate(chart, "certificate", { namespace: "rackspace-system", service: "web" });
    const { duration } = find(Testing.synth(chart) as Manifest[], "Certificate").spec as unknown as {
      readonly duration: string;
    };
    expect(hours(renewBefore)).toBeGreaterThan(hours(duration));
  });

  it("signs nothing for users' namespaces", () => {
    const policy = find(manifests, "ValidatingAdmissionPolicy").spec as unknown as {
      readonly matchConstraints: {
        readonly namespaceSelector: unknown;
        readonly resourceRules: readonly { readonly resources: readonly string[] }[];
      };
      readonly validations: readonly { readonly expression: string }[];
    };
    expect(policy.matchConstraints.namespaceSelector).toEqual({
      matchExpressions: [{ key: "kaas.rackspace.com/managed-namespace", operator: "NotIn", values: ["true"] }],
    });
    expect(policy.matchConstraints.resourceRules[0]?.resources).toContain("certificaterequests");
    expect(policy.validations[0]?.expression).toBe(
      '!(object.spec.issuerRef.name == "platform" && object.spec.issuerRef.?kind.orValue("Issuer") == "ClusterIssuer")',
    );
  });
});

describe("a certificate of a Service", () => {
  const chart = new Chart(Testing.app(), "chart");
  const certificate = new ServiceCertificate(chart, "certificate", { namespace: "rackspace-system", service: "web" });
  const { metadata, spec } = find(Testing.synth(chart) as Manifest[], "Certificate");

  it("is signed by the platform's issuer in the Service's name", () => {
    expect(spec).toMatchObject({
      issuerRef: { kind: "ClusterIssuer", name: find(manifests, "ClusterIssuer").metadata.name },
      dnsNames: expect.arrayContaining(["web.rackspace-system.svc"]) as unknown,
    });
  });

  it("is mounted from the Secret that it is issued into, and told to the API server by its own name", () => {
    const { secretName } = spec as unknown as { readonly secretName: string };
    expect(certificate.volume.source).toMatchObject({ secret: { secretName } });
    expect(certificate.injection).toEqual({
      "cert-manager.io/inject-ca-from": `${metadata.namespace ?? ""}/${metadata.name}`,
    });
  });
});

describe.each([
  ["OpenStack", plannedCluster(openStack())],
  ["Amazon EKS", plannedCluster(eks())],
])("on %s", (_title, cluster) => {
  it("cert-manager is applied first, then its issuers, then whoever has a certificate of theirs", () => {
    const charts = chartsOf(cluster).map((make) => make(Testing.app()));
    const names = charts.map(({ node }) => node.id);
    const users = charts
      .filter((chart) => !["cert-manager", "issuers"].includes(chart.node.id))
      .filter((chart) => (Testing.synth(chart) as Manifest[]).some(({ kind }) => kind === "Certificate"))
      .map(({ node }) => node.id);
    const order = ["cert-manager", "issuers", ...users].map((name) => names.indexOf(name));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });
});
