import type { ClusterConfig } from "./cluster-config.js";
import { minorOf } from "../lib/minor-version.js";
import { catalogue, type ContainerImage, type ImageName, type MinorImageName } from "../versions/catalogue.js";
import { lockedDigest } from "../versions/image-lock.js";

type Images = Pick<ClusterConfig, "containerImages">;

/** A repository as nodes pull it: by way of the mirror when there is one. */
export function mirrored(repository: string, { containerImages: { mirror } }: Images): string {
  return mirror === undefined ? repository : `${mirror}/${repository}`;
}

/**
 * `<repository>:<tag>` of a component: what bootstrap.yaml names, or else the catalogue's, by way of the mirror and with its
 * digest when the lock file has one.
 */
export function imageOf(component: ImageName, config: Images, digestOf = lockedDigest): string {
  return imageFrom(catalogue.images[component], component, config, digestOf);
}

/**
 * The same of a component that is released with every minor version of Kubernetes: the one of the cluster's. The cloud's
 * controllers may not be newer than the API server. Source: kubernetes.io/releases/version-skew-policy
 */
export function minorImageOf(
  component: MinorImageName,
  config: Images & Pick<ClusterConfig, "kubernetes">,
  digestOf = lockedDigest,
): string {
  const { name, tags } = catalogue.imagesByMinor[component];
  const minor = minorOf(config.kubernetes);
  const tag = tags[minor];
  if (tag === undefined) throw new Error(`the catalogue has no ${component} for Kubernetes ${minor}`);
  return imageFrom({ name, tag }, component, config, digestOf);
}

function imageFrom(
  { name, tag }: ContainerImage,
  component: string,
  config: Images,
  digestOf: typeof lockedDigest,
): string {
  const override = config.containerImages.overrides[component];
  if (override !== undefined) return `${override.name}:${override.tag}`;
  const digest = digestOf(name, tag);
  return `${mirrored(name, config)}:${tag}${digest === undefined ? "" : `@${digest}`}`;
}
