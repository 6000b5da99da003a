import { z } from "zod";

export const id = z.uuid().describe("UUID.");
export const timestamp = z.iso.datetime({ offset: true }).describe("RFC 3339.");

/** A line that people read: no control characters, nothing at its ends. */
export function line(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength)
    .refine((text) => !/\p{Cc}/u.test(text), "must be one line of plain text");
}

/** A name of a user or a group, as an identity back-end knows it. */
export const username = line(255)
  .min(1)
  .refine((name) => !isReserved(name), "is a name that Kubernetes or the platform keeps for itself");

/** How names begin that no identity back-end may give: a user or group of such a name has rights by itself. */
export const RESERVED_PREFIXES = ["system:", "kubeadm:", "rackspace:", "eks:", "arn:"] as const;

export function isReserved(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED_PREFIXES.some((prefix) => lower.startsWith(prefix));
}
