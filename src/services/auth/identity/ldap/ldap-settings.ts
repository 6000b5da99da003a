import { z } from "zod";
import { secretReference } from "../../secret-reference.js";
import { remoteSettings } from "../remote-settings.js";
import { parseDistinguishedName } from "./distinguished-name.js";
import { filterMistake } from "./ldap-filter.js";

const attribute = z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, "must be the name of an attribute");

const distinguishedName = z
  .string()
  .min(1)
  .refine(
    (name) => parseDistinguishedName(name) !== undefined,
    "must be a distinguished name: ou=people,dc=example,dc=com",
  );

function filter(...names: readonly string[]) {
  return z.string().superRefine((text, context) => {
    const mistake = filterMistake(text);
    if (mistake !== undefined) context.addIssue({ code: "custom", message: mistake });
    const used = [...text.matchAll(/\{(\w*)\}/g)].map(([, name]) => name ?? "");
    const strange = used.find((name) => !names.includes(name));
    if (strange !== undefined) context.addIssue({ code: "custom", message: `{${strange}} has no meaning here` });
    if (names.length > 0 && used.length === 0) {
      context.addIssue({ code: "custom", message: `must hold ${names.map((name) => `{${name}}`).join(" or ")}` });
    }
    if (text.includes(":={username}")) {
      context.addIssue({ code: "custom", message: "must compare {username} with =: matching rules take no asterisk" });
    }
  });
}

const users = z.strictObject({
  base: distinguishedName.describe("Below it are the users."),
  filter: filter("username")
    .default("(uid={username})")
    .describe("Finds a user by name. Active Directory: (sAMAccountName={username})"),
  enabledFilter: filter()
    .optional()
    .describe(
      "Holds for users who are not disabled. " +
        "Active Directory: (!(userAccountControl:1.2.840.113556.1.4.803:=2)); OpenLDAP: (!(pwdAccountLockedTime=*))",
    ),
  subject: attribute
    .default("entryUUID")
    .describe("Attribute with one value that never changes. Active Directory: objectGUID"),
  username: attribute.default("uid").describe("Attribute with one value, the name. Active Directory: sAMAccountName"),
});

const groups = z.discriminatedUnion("from", [
  z
    .strictObject({
      from: z.literal("attribute"),
      attribute: attribute.default("memberOf").describe("Of the user: distinguished names of groups."),
      base: distinguishedName.describe("Groups below it count, by the first value of their name."),
    })
    .describe("The user's entry names its groups."),
  z
    .strictObject({
      from: z.literal("search"),
      base: distinguishedName.describe("Below it are the groups."),
      filter: filter("dn", "username").default("(member={dn})").describe("Finds the groups of a user."),
      name: attribute.default("cn").describe("Attribute with the group's name."),
    })
    .describe("The groups name their members."),
]);

/** Users and groups in a directory that speaks LDAP. */
export const ldapSettings = z.strictObject({
  type: z.literal("ldap"),
  urls: z
    .array(z.url({ protocol: /^ldaps?$/ }))
    .min(1)
    .describe("ldaps://… or ldap://…, replicas of one directory. The first that answers is asked."),
  startTls: z.boolean().default(true).describe("At ldap:// addresses. Without it passwords travel readable."),
  bind: z.strictObject({ dn: distinguishedName, password: secretReference }).describe("Looks up users and groups."),
  users,
  groups: groups.optional().describe("Default: users have no groups."),
  ...remoteSettings("the directory takes to check a password"),
});
export type LdapSettings = z.output<typeof ldapSettings>;
