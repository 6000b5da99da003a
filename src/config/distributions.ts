import type { Distribution, Dns, ObjectStorage } from "./cluster-config.js";
import type { EksSections, OpenStackSections } from "./schema/bootstrap.js";

/** What a distribution of OpenStack brings, unless bootstrap.yaml says otherwise. */
export interface DistributionFacts {
  readonly title: string;
  readonly octavia: boolean;
  readonly designate: boolean;
  readonly objectStorage: ObjectStorage;
}

export const distributions: Readonly<Record<Distribution, DistributionFacts>> = {
  rpco: { title: "OpenStack (RPCO)", octavia: true, designate: true, objectStorage: "swift" },
  rhosp: { title: "Red Hat OpenStack Platform", octavia: false, designate: false, objectStorage: "rgw" },
};

type Provider = OpenStackSections["provider"];

export function hasOctavia(provider: Provider): boolean {
  return provider.octavia ?? distributions[provider.distribution].octavia;
}

/** Route 53 is there in every account; an OpenStack cloud may lack Designate. */
export function dnsManagement(provider: Provider | EksSections["provider"]): Dns["manage"] {
  const hasZones = provider.type === "eks" || distributions[provider.distribution].designate;
  return provider.dns.manage ?? (hasZones ? "zone" : "none");
}

export function objectStorageOf(provider: Provider): ObjectStorage {
  return provider.objectStorage ?? distributions[provider.distribution].objectStorage;
}
