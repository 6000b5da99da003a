import type { EksClusterConfig, OpenStackClusterConfig } from "../../src/config/cluster-config.js";
import { eks, merge, openStack } from "./bootstraps.js";

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
  readonly auth?: Section;
  readonly containerImages?: Section;
}

const smallCluster = { cluster: { domain: "example.com", profile: "development" } };

/** The configuration of a small development cluster `demo` on OpenStack, changed as a test needs it. */
export function openStackCluster(changes: BootstrapChanges = {}): OpenStackClusterConfig {
  return openStack(merge(smallCluster, { ...changes }));
}

/** The same on EKS, in the zones a and b of eu-central-1. */
export function eksCluster(changes: BootstrapChanges = {}): EksClusterConfig {
  return eks(merge(smallCluster, { ...changes }));
}
