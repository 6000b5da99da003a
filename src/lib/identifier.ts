import { createHash } from "node:crypto";

/**
 * A cloud's own name as part of a construct id: letters, digits and hyphens, and different for different names. What has
 * another character gets a digest of the whole, so that `a/b` and `a-b` stay apart.
 */
export function identifier(name: string): string {
  if (/^[A-Za-z0-9-]+$/.test(name)) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 6);
  return `${name.replace(/[^A-Za-z0-9]+/g, "-")}-${digest}`;
}
