import { isOpenStack, type OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { formatDiagnostics } from "../../src/config/diagnostics.js";
import { parseText } from "../../src/config/load.js";
import { stringify } from "yaml";

type Section = Readonly<Record<string, unknown>>;

/** Sections to merge over those of the smallest sound bootstrap.yaml; a list replaces the whole section. */
export interface BootstrapChanges {
  readonly cluster?: Section;
  readonly provider?: Section;
  readonly network?: Section;
  readonly etcd?: Section;
  readonly controlPlane?: Section;
  readonly workers?: readonly Section[];
  readonly services?: Section;
  readonly access?: Section;
  readonly terraform?: Section;
}

/** The configuration of the smallest cluster `demo` on OpenStack, changed as a test needs it. */
export function openStackCluster(changes: BootstrapChanges = {}): OpenStackClusterConfig {
  const { cluster, provider, network, ...others } = changes;
  const document = {
    apiVersion: "kaas/v1",
    cluster: { name: "demo", domain: "example.com", profile: "development", ...cluster },
    provider: { type: "openstack", cloud: "demo", externalNetwork: "public", ...provider },
    network: { apiAllowedCidrs: ["198.51.100.0/24"], ...network },
    ...others,
  };
  const result = parseText(stringify(document), () => {
    throw new Error("the test names no file");
  });
  if (!result.ok) throw new Error(formatDiagnostics("bootstrap.yaml", result.diagnostics));
  if (!isOpenStack(result.config)) throw new Error("not an OpenStack cluster");
  return result.config;
}
