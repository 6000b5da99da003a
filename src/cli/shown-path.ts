import { relative } from "node:path";

/** A path as a reader finds it: from the working directory, or from the root when that is shorter. */
export function shownPath(path: string, cwd: string): string {
  const fromHere = relative(cwd, path);
  if (fromHere === "") return ".";
  return fromHere.length <= path.length ? fromHere : path;
}
