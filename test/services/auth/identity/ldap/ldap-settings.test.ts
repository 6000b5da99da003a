import { describe, expect, test } from "@jest/globals";
import { ldapSettings } from "../../../../../src/services/auth/identity/ldap/ldap-settings.js";

const base = "ou=people,dc=example,dc=com";
const smallest = {
  type: "ldap",
  urls: ["ldap://ldap.example.com"],
  bind: { dn: `cn=service,${base}`, password: { env: "P" } },
  users: { base },
};
const mistakes = (changed: object) =>
  ldapSettings
    .safeParse({ ...smallest, ...changed })
    .error?.issues.map(({ path, message }) => [path.join("."), message]);

describe("settings of LDAP", () => {
  test("ask for StartTLS, and find users of OpenLDAP, when they say no more", () => {
    expect(ldapSettings.parse(smallest)).toMatchObject({
      startTls: true,
      users: { filter: "(uid={username})", subject: "entryUUID", username: "uid" },
    });
  });

  test("are taken for Active Directory as their descriptions name it", () => {
    const filter = "(sAMAccountName={username})";
    const enabledFilter = "(!(userAccountControl:1.2.840.113556.1.4.803:=2))";
    const users = { base, filter, enabledFilter, subject: "objectGUID", username: "sAMAccountName" };
    const nested = { from: "search", base, filter: "(member:1.2.840.113556.1.4.1941:={dn})" };
    expect(mistakes({ users, groups: nested })).toBeUndefined();
  });

  test.each([
    ["users.filter", { users: { base, filter: "(uid={username}" } }, "must be a filter of LDAP, in parentheses"],
    ["users.filter", { users: { base, filter: "(uid=alice)" } }, "must hold {username}"],
    ["users.filter", { users: { base, filter: "(uid={user}{username})" } }, "{user} has no meaning here"],
    [
      "users.filter",
      { users: { base, filter: "(uid:caseExactMatch:={username})" } },
      "must compare {username} with =: matching rules take no asterisk",
    ],
    ["users.enabledFilter", { users: { base, enabledFilter: "(uid={username})" } }, "{username} has no meaning here"],
    ["users.base", { users: { base: "people" } }, "must be a distinguished name: ou=people,dc=example,dc=com"],
    ["users.subject", { users: { base, subject: "a b" } }, "must be the name of an attribute"],
    ["groups.filter", { groups: { from: "search", base, filter: "(cn=x)" } }, "must hold {dn} or {username}"],
  ])("name a mistake in %s", (path, changed, message) => {
    expect(mistakes(changed)).toEqual([[path, message]]);
  });

  test("take no address of another protocol", () => {
    expect(mistakes({ urls: ["http://ldap.example.com"] })).toHaveLength(1);
    expect(mistakes({ urls: [] })).toHaveLength(1);
  });
});
