import { registryOf } from "../node/containerd.js";

/** Where the platform's images come from, and most of its users'. */
const PUBLIC_REGISTRIES = ["docker.io", "gcr.io", "ghcr.io", "public.ecr.aws", "quay.io", "registry.k8s.io"] as const;

/** A public registry with where containerd is to ask instead. */
export interface MirroredRegistry {
  readonly registry: string;
  /** Root of the registry's API in the mirror, down to the repositories of the mirrored registry. */
  readonly endpoint: string;
}

/** The public registries as a mirror holds them: `<mirror>/<registry>/<repository>`. */
export function mirroredRegistries(mirror: string | undefined): readonly MirroredRegistry[] {
  if (mirror === undefined) return [];
  const host = registryOf(mirror);
  const path = mirror.slice(host.length);
  return PUBLIC_REGISTRIES.map((registry) => ({ registry, endpoint: `https://${host}/v2${path}/${registry}` }));
}
