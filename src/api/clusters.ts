import { z } from "zod";
import { paging } from "./paging.js";
import { id, line, timestamp } from "./primitives.js";

const name = z
  .string()
  .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, "must be lower-case letters, digits and hyphens, starting with a letter")
  .describe("The CN of its API server's client certificate.");

/** Roles of whom count in the cluster. A project or a domain of Keystone, never both. */
export const roleScope = z
  .union([
    z.strictObject({ project: line(64).min(1).describe("Id of the Keystone project.") }),
    z.strictObject({ domain: line(64).min(1).describe("Id of the Keystone domain.") }),
  ])
  .describe("Where users' roles count for this cluster.");
export type RoleScope = Readonly<z.output<typeof roleScope>>;

const fields = {
  name,
  kubeconfig: z
    .string()
    .max(32_768)
    .refine((text) => !text.includes("\0"), "must be text")
    .describe("Kubeconfig without a user, for users to fill in."),
  admin_role: line(64).describe("Id or name of the role whose members administer the cluster."),
  role_scope: roleScope.nullable(),
};

export const cluster = z.object({
  id,
  ...fields,
  master: z.string().describe("Kept for programs that know it; empty."),
  node: z.string().describe("Kept for programs that know it; empty."),
  created: timestamp,
});
export type Cluster = Readonly<z.output<typeof cluster>>;

export const newCluster = z.strictObject({
  ...fields,
  kubeconfig: fields.kubeconfig.default(""),
  admin_role: fields.admin_role.default(""),
  role_scope: fields.role_scope.default(null),
});
export const clusterChange = z.strictObject(fields).omit({ name: true }).partial();
export const clustersQuery = z.strictObject({ ...paging, name: name.optional() });
