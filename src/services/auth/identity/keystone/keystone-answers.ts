import { z } from "zod";
import { BackendUnavailableError } from "../identity-backend.js";

/** Of Keystone's answers, what is read here. Source: docs.openstack.org/api-ref/identity/v3 */
const reference = z.object({ id: z.string().min(1), name: z.string() });

export const user = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  domain_id: z.string(),
  enabled: z.boolean(),
});
export type KeystoneUser = z.output<typeof user>;

export const domain = z.object({ id: z.string().min(1), enabled: z.boolean() });
export const project = z.object({ id: z.string().min(1), domain_id: z.string(), enabled: z.boolean() });

export const roleAssignments = z.array(
  z.object({
    role: reference,
    user: z.object({ id: z.string() }).optional(),
    scope: z.object({
      project: z.object({ id: z.string() }).optional(),
      domain: z.object({ id: z.string() }).optional(),
    }),
  }),
);
export type RoleAssignments = z.output<typeof roleAssignments>;

export const token = z.object({
  issued_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  user: z.object({ id: z.string().min(1), name: z.string().min(1), domain: reference }),
  application_credential: z.object({ restricted: z.boolean() }).optional(),
});
export type KeystoneToken = z.output<typeof token>;

/**
 * The member of that name, in the shape that it must have.
 *
 * @throws BackendUnavailableError when it has another: then it is not Keystone that answers. What it holds is not told
 */
export function readAnswer<T>(body: unknown, member: string, shape: z.ZodType<T>): T {
  const read = z.object({ [member]: shape }).safeParse(body);
  if (!read.success) throw new BackendUnavailableError(`Keystone: the answer has no ${member} of the known shape`);
  return read.data[member] as T;
}

/** Whether it is Keystone's own refusal, and not that of a proxy before it. */
export function isRefusal(body: unknown, status: number): boolean {
  return z.object({ error: z.object({ code: z.literal(status) }) }).safeParse(body).success;
}
