import { readlinkSync } from "node:fs";
import { isAbsolute, join } from "node:path";

const LINKS_AT_MOST = 40;

/**
 * Where `path` of a node is on this machine. Links on the way lead where they would on the node, so that no absolute one
 * leads out of the node's root into this machine's own files.
 *
 * @param last whether a link at the very end is followed too, or meant itself
 */
export function rootPath(root: string, path: string, last: "follow" | "keep" = "follow"): string {
  const pending = path.split("/");
  let place = "/";
  let links = 0;
  for (let part = pending.shift(); part !== undefined; part = pending.shift()) {
    const next = join(place, part);
    const target = pending.length > 0 || last === "follow" ? linkTarget(join(root, next)) : undefined;
    if (target === undefined || next === place) {
      place = next;
      continue;
    }
    links += 1;
    if (links > LINKS_AT_MOST) throw new Error(`${path} leads through too many links`);
    pending.unshift(...target.split("/"));
    if (isAbsolute(target)) place = "/";
  }
  return join(root, place);
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // No link, or nothing at all.
    return undefined;
  }
}
