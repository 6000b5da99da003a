import data from "./image-lock.json" with { type: "json" };

/**
 * Digests of images, by `<repository>:<tag>` as upstream names it: `sha256:…` of the manifest list. What stands here was
 * read from the registry and is never invented; an image that is missing is pulled by its tag.
 */
const digests: Readonly<Record<string, string>> = data.digests;

/** `sha256:…`, when the lock file has one. */
export function lockedDigest(repository: string, tag: string, lock = digests): string | undefined {
  return lock[`${repository}:${tag}`];
}
