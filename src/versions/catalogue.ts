import type { EksAddon } from "./eks-addons.js";
import data from "./catalogue.json" with { type: "json" };

export interface KubernetesRelease {
  readonly version: string;
  /** Of Flatcar's systemd-sysext image of the version; null when nobody has verified it. */
  readonly extensionSha256: string | null;
  /** ISO date on which Amazon EKS's standard support of the minor version ends; absent before EKS has it. */
  readonly eksSupportEnds?: string;
  /** Versions of EKS add-ons that were tried with it; null: Amazon's default for it. */
  readonly eksAddons?: Readonly<Record<EksAddon, string | null>>;
}

export interface TerraformProviderRelease {
  /** Address below the registry: namespace and type. */
  readonly source: string;
  readonly version: string;
}

export interface ContainerImage {
  /** Repository with its registry, without a tag. */
  readonly name: string;
  readonly tag: string;
}

/** An image whose releases go with those of Kubernetes. */
export interface MinorImage {
  /** Repository with its registry, without a tag. */
  readonly name: string;
  /** By Kubernetes' minor version: `1.36`. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A component whose image the catalogue names. */
export type ImageName = keyof typeof data.images;
/** A component that must be of Kubernetes' own minor version. */
export type MinorImageName = keyof typeof data.imagesByMinor;

/** Every version that the product pins. One data file, so that a bot can raise it. */
export interface Catalogue {
  readonly kubernetes: { readonly default: string; readonly versions: readonly KubernetesRelease[] };
  readonly flatcar: {
    readonly channel: string;
    readonly version: string;
    /** Where its systemd-sysext images are. */
    readonly extensions: string;
  };
  readonly images: Readonly<Record<ImageName, ContainerImage>>;
  readonly imagesByMinor: Readonly<Record<MinorImageName, MinorImage>>;
  readonly terraform: { readonly constraint: string };
  readonly providers: {
    readonly openstack: TerraformProviderRelease;
    readonly aws: TerraformProviderRelease;
  };
}

export const catalogue: Catalogue = data;

export function findKubernetesRelease(version: string): KubernetesRelease | undefined {
  return catalogue.kubernetes.versions.find((release) => release.version === version);
}

/** The releases that Amazon EKS has. */
export function eksReleases(): readonly KubernetesRelease[] {
  return catalogue.kubernetes.versions.filter((release) => release.eksSupportEnds !== undefined);
}
