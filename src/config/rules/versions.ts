import { minorOf } from "../../lib/minor-version.js";
import { nearest } from "../../lib/nearest.js";
import { catalogue, eksReleases } from "../../versions/catalogue.js";
import type { Diagnostic } from "../diagnostics.js";
import type { CommonRule } from "./rule.js";

/** The version of a Terraform provider that somebody built for a trial. */
export const CUSTOM_BUILD = "0.0.0";

/** The catalogue's version that was most likely meant: the same without its v, of the same minor, or spelt alike. */
function meantVersion(text: string, versions: readonly string[]): string | undefined {
  const bare = text.replace(/^v/i, "");
  const minor = `${minorOf(bare)}.`;
  return (
    versions.find((version) => version === bare) ??
    versions.find((version) => version.startsWith(minor)) ??
    nearest(bare, versions)
  );
}

export const kubernetesIsInTheCatalogue: CommonRule = ({ cluster, provider }) => {
  if (cluster === undefined || provider === undefined) return [];
  const releases = provider.type === "eks" ? eksReleases() : catalogue.kubernetes.versions;
  const versions = releases.map(({ version }) => version);
  if (versions.includes(cluster.kubernetes)) return [];
  const meant = meantVersion(cluster.kubernetes, versions);
  const diagnostic: Diagnostic = {
    path: ["cluster", "kubernetes"],
    value: cluster.kubernetes,
    expected: `one of ${versions.join(", ")}${provider.type === "eks" ? ", which EKS has" : ""}`,
    remedy:
      meant === undefined
        ? `choose one of them; ${catalogue.kubernetes.default} is the default`
        : cluster.kubernetes === `v${meant}`
          ? `write it without the v: ${meant}`
          : `did you mean ${meant}?`,
  };
  return [diagnostic];
};

/** The constructs speak the schema of exactly one version of each provider. */
export const terraformProvidersAreTheCatalogues: CommonRule = ({ provider, terraform }) => {
  if (terraform === undefined || provider === undefined) return [];
  return (["openstack", "aws"] as const).flatMap((name): readonly Diagnostic[] => {
    const version = terraform.providers[name];
    if (version === undefined) return [];
    const path = ["terraform", "providers", name];
    if (name !== (provider.type === "eks" ? "aws" : "openstack")) {
      return [
        {
          path,
          value: version,
          problem: `no resource of a cluster on ${provider.type} is of this provider`,
          expected: "the provider of the cluster's cloud only",
          remedy: "remove it",
        },
      ];
    }
    const { version: ours } = catalogue.providers[name];
    if (version === ours || version === CUSTOM_BUILD) return [];
    return [
      {
        path,
        value: version,
        problem: "is not the version whose schema the generated resources follow",
        expected: `${ours}, or ${CUSTOM_BUILD} for a build of your own`,
        remedy: `write ${ours}, or remove it to follow the catalogue`,
      },
    ];
  });
};
