import type { ClusterConfig } from "./cluster-config.js";
import { catalogue, type ContainerImage, type ImageName } from "../versions/catalogue.js";
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
  const override = config.containerImages.overrides[component];
  if (override !== undefined) return `${override.name}:${override.tag}`;
  const { name, tag }: ContainerImage = catalogue.images[component];
  const digest = digestOf(name, tag);
  return `${mirrored(name, config)}:${tag}${digest === undefined ? "" : `@${digest}`}`;
}
