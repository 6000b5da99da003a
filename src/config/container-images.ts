import type { ClusterConfig } from "./cluster-config.js";
import { catalogue, type ContainerImage } from "../versions/catalogue.js";

type Images = Pick<ClusterConfig, "containerImages">;

/** A repository as nodes pull it: by way of the mirror when there is one. */
export function mirrored(repository: string, { containerImages: { mirror } }: Images): string {
  return mirror === undefined ? repository : `${mirror}/${repository}`;
}

/** `<repository>:<tag>` of a component: what bootstrap.yaml names, or else the catalogue's, by way of the mirror. */
export function imageOf(component: keyof typeof catalogue.images, config: Images): string {
  const override = config.containerImages.overrides[component];
  if (override !== undefined) return `${override.name}:${override.tag}`;
  const image: ContainerImage = catalogue.images[component];
  return `${mirrored(image.name, config)}:${image.tag}`;
}
