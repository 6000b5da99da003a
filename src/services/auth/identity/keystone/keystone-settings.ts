import { z } from "zod";
import { secretReference } from "../../secret-reference.js";

const domain = z.union([
  z.strictObject({ name: z.string().min(1) }).describe("By its name."),
  z.strictObject({ id: z.string().min(1) }).describe("By its id."),
]);

const serviceUser = z
  .strictObject({
    username: z.string().min(1),
    password: secretReference,
    domain: domain.prefault({ name: "Default" }).describe("Where the service user is."),
    scope: z
      .union([
        z.literal("system"),
        z.strictObject({ project: z.string().min(1), domain: domain.prefault({ name: "Default" }) }),
      ])
      .default("system")
      .describe("Where its role is: `reader` on the system is enough."),
  })
  .describe("Looks up users, their roles, projects and domains.");

/** Users and roles in Keystone, by its API version 3. */
export const keystoneSettings = z.strictObject({
  type: z.literal("keystone"),
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => /\/v3\/?$/.test(url), "must end with /v3")
    .describe("Keystone's own address: https://keystone.example.com:5000/v3"),
  caCertificate: z.string().min(1).optional().describe("PEM file of its authority. Default: those that Node trusts."),
  userDomain: domain.prefault({ name: "Default" }).describe("Domain whose users sign in; nobody else does."),
  serviceUser,
  applicationCredentials: z
    .enum(["all", "unrestricted", "none"])
    .default("all")
    .describe("Which of them sign in. Whoever does so has every role of the user, not those of the credential alone."),
  timeoutSeconds: z.number().min(0.1).max(30).default(5).describe("For everything that one question needs."),
  refusalMilliseconds: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(1000)
    .describe("A sign-in is refused no sooner. Must be longer than Keystone takes to check a password."),
});
export type KeystoneSettings = z.output<typeof keystoneSettings>;
export type KeystoneDomain = z.output<typeof domain>;
