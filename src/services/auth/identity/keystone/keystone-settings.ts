import { z } from "zod";
import { secretReference } from "../../secret-reference.js";
import { remoteSettings } from "../remote-settings.js";

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
  userDomain: domain.prefault({ name: "Default" }).describe("Domain whose users sign in; nobody else does."),
  serviceUser,
  applicationCredentials: z
    .enum(["all", "unrestricted", "none"])
    .default("all")
    .describe("Which of them sign in. Whoever does so has every role of the user, not those of the credential alone."),
  ...remoteSettings("Keystone takes to check a password"),
});
export type KeystoneSettings = z.output<typeof keystoneSettings>;
export type KeystoneDomain = z.output<typeof domain>;
