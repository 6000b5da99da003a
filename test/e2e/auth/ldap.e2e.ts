import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { BackendUnavailableError, type Credentials } from "../../../src/services/auth/identity/identity-backend.js";
import { IdentityDirectory } from "../../../src/services/auth/identity/identity-directory.js";
import { LdapBackend } from "../../../src/services/auth/identity/ldap/ldap-backend.js";
import { ldapSettings } from "../../../src/services/auth/identity/ldap/ldap-settings.js";
import { describeIdentityBackend, type IdentityWorld } from "../../conformance/identity-backend.js";
import { eventually } from "../support/eventually.js";
import { freePort, HOST } from "../support/loopback-server.js";
import { LDAP_SERVICE, LDAP_SUFFIX, Slapd } from "../support/slapd.js";

const PEOPLE = `ou=people,${LDAP_SUFFIX}`;
const GROUPS = `ou=groups,${LDAP_SUFFIX}`;
const TIMEOUT_SECONDS = 1;
const groupsBySearch = { from: "search", base: GROUPS };
const groupsByAttribute = { from: "attribute", base: GROUPS };

/** @param changed settings that differ from those of OpenLDAP with StartTLS */
function backendOf(
  slapd: Slapd,
  { users = {}, ...changed }: { users?: object; [setting: string]: unknown } = {},
  caCertificate = slapd.caCertificate,
) {
  const settings = ldapSettings.parse({
    type: "ldap",
    urls: [slapd.url],
    bind: { dn: LDAP_SERVICE.dn, password: { env: "LDAP_PASSWORD" } },
    users: { base: PEOPLE, enabledFilter: "(!(employeeType=disabled))", ...users },
    groups: groupsBySearch,
    timeoutSeconds: TIMEOUT_SECONDS * 3,
    refusalMilliseconds: 100,
    ...changed,
  });
  const { password: bindPassword } = LDAP_SERVICE;
  return new LdapBackend({ settings, bindPassword, caCertificate, now: Date.now });
}

/** In LDIF any text may stand in base64. */
const line = (attribute: string, value: string) => `${attribute}:: ${Buffer.from(value).toString("base64")}\n`;
const entryName = (attribute: string, value: string, base: string) =>
  `${attribute}=${value.replaceAll(/[,+"\\<>;=#]/g, "\\$&")},${base}`;

function person(username: string, password: string, base = PEOPLE): string {
  return (
    `${line("dn", entryName("uid", username, base))}changetype: add\n` +
    "objectClass: inetOrgPerson\nobjectClass: withGuid\ncn: a person\nsn: a person\n" +
    `${line("uid", username)}${line("userPassword", password)}\n`
  );
}

const member = (change: "add" | "delete", username: string, group: string) =>
  `${line("dn", entryName("cn", group, GROUPS))}changetype: modify\n${change}: member\n` +
  `${line("member", entryName("uid", username, PEOPLE))}\n`;

async function ldapWorld(settings: (slapd: Slapd) => object): Promise<IdentityWorld> {
  const slapd = await Slapd.start();
  const backend = backendOf(slapd, { ...settings(slapd) });
  const groups = new Set<string>();
  const nameOf = (username: string) => line("dn", entryName("uid", username, PEOPLE));
  return {
    backend,
    addUser: (username, password) => slapd.change(person(username, password)),
    setEnabled: (username, enabled) => {
      const change = enabled ? "delete: employeeType\n" : "add: employeeType\nemployeeType: disabled\n";
      return slapd.change(`${nameOf(username)}changetype: modify\n${change}`);
    },
    removeUser: (username) => slapd.change(`${nameOf(username)}changetype: delete\n`),
    addToGroup: async (username, group) => {
      const name = entryName("cn", group, GROUPS);
      // A group has a member at any time: here its own name.
      const add = `${line("dn", name)}changetype: add\nobjectClass: groupOfNames\n${line("cn", group)}${line("member", name)}\n`;
      await slapd.change((groups.has(group) ? "" : add) + member("add", username, group));
      groups.add(group);
      return group;
    },
    removeFromGroup: (username, group) => slapd.change(member("delete", username, group)),
    stop: async () => {
      await backend.close();
      await slapd.stop();
    },
  };
}

describeIdentityBackend("LDAP with StartTLS and a search for groups", () => ldapWorld(() => ({})));
describeIdentityBackend("LDAP over TLS with memberOf", () =>
  ldapWorld((slapd) => ({ urls: [slapd.tlsUrl], groups: groupsByAttribute })),
);

describe("the LDAP back-end", () => {
  let slapd: Slapd;
  const alice: Credentials = { type: "password", username: "alice", password: "alice-pass" };
  beforeAll(async () => {
    slapd = await Slapd.start();
    await slapd.change(person("alice", "alice-pass"));
  });
  afterAll(() => slapd.stop());

  test("refuses a server whose certificate is of another authority, or of another host", async () => {
    const other = await Slapd.start("127.0.0.2");
    try {
      for (const backend of [
        backendOf(slapd, {}, other.caCertificate),
        backendOf(other),
        backendOf(other, { urls: [other.tlsUrl] }),
      ]) {
        await expect(backend.signIn(alice)).rejects.toThrow(/no server answers: .*(certificate|altnames)/);
        await backend.close();
      }
    } finally {
      await other.stop();
    }
  });

  test("finds by an id of bytes, as Active Directory has", async () => {
    const guid = Buffer.from("00a1ff5c2a28290000112233445566ee", "hex");
    const name = line("dn", entryName("uid", "alice", PEOPLE));
    await slapd.change(`${name}changetype: modify\nadd: objectGUID\nobjectGUID:: ${guid.toString("base64")}\n`);
    const backend = backendOf(slapd, { users: { subject: "objectGUID" } });
    expect(await backend.signIn(alice)).toMatchObject({ subject: guid.toString("hex"), username: "alice" });
    expect(await backend.find(guid.toString("hex"))).toMatchObject({ username: "alice" });
    expect(await backend.find(guid.toString("hex").replace("00a1", "00a2"))).toBeUndefined();
    expect(await backend.find("no bytes")).toBeUndefined();
    await backend.close();
  });

  test("takes no group from where it should not look", async () => {
    const group = (base: string) =>
      `dn: cn=admins,${base}\nchangetype: add\nobjectClass: groupOfNames\ncn: admins\nmember: uid=alice,${PEOPLE}\n\n`;
    await slapd.change(group(`ou=others,${LDAP_SUFFIX}`));
    for (const groups of [groupsByAttribute, groupsBySearch]) {
      const backend = backendOf(slapd, { groups });
      expect(await backend.findByName("alice")).toMatchObject({ groups: [] });
      await backend.close();
    }
    await slapd.change(group(GROUPS));
    for (const groups of [groupsByAttribute, groupsBySearch]) {
      const backend = backendOf(slapd, { groups });
      expect(await backend.findByName("alice")).toMatchObject({ groups: ["admins"] });
      await backend.close();
    }
  });

  test("knows nobody by a name that two have", async () => {
    await slapd.change(`dn: ou=more,${PEOPLE}\nchangetype: add\nobjectClass: organizationalUnit\n`);
    await slapd.change(person("twin", "twin-pass") + person("twin", "twin-pass", `ou=more,${PEOPLE}`));
    const backend = backendOf(slapd);
    expect(await backend.findByName("twin")).toBeUndefined();
    expect(await backend.signIn({ type: "password", username: "twin", password: "twin-pass" })).toBeUndefined();
    await backend.close();
  });

  test("is unavailable, and says why, when the service's password is wrong, or its base is not there", async () => {
    const settings = { users: { base: "ou=nowhere,dc=example,dc=com" } };
    const nowhere = backendOf(slapd, settings);
    await expect(nowhere.findByName("alice")).rejects.toThrow(/^LDAP: search: /);
    await nowhere.close();
    const parsed = ldapSettings.parse({
      type: "ldap",
      urls: [slapd.url],
      bind: { dn: LDAP_SERVICE.dn, password: { env: "LDAP_PASSWORD" } },
      users: { base: PEOPLE },
    });
    const ca = { caCertificate: slapd.caCertificate, now: Date.now };
    for (const bindPassword of ["wrong-pass", ""]) {
      const backend = new LdapBackend({ settings: parsed, bindPassword, ...ca });
      const failure = await backend.findByName("alice").catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(BackendUnavailableError);
      expect((failure as Error).message).toBe(
        `LDAP: the directory refuses ${LDAP_SERVICE.dn}: its password or name is wrong`,
      );
      await backend.close();
    }
  });

  test("asks the next server when one does not answer", async () => {
    const refusing = `ldap://${HOST}:${await freePort()}`;
    const backend = backendOf(slapd, { urls: [refusing, slapd.url] });
    expect(await backend.signIn(alice)).toMatchObject({ username: "alice" });
    await backend.close();
  });

  test("goes on by itself when the server has been started again", async () => {
    for (const urls of [[slapd.url], [slapd.tlsUrl]]) {
      const backend = backendOf(slapd, { urls });
      expect(await backend.findByName("alice")).toMatchObject({ username: "alice" });
      await slapd.kill();
      await slapd.resume();
      // A connection that nobody has signed in would find nobody.
      expect(await backend.findByName("alice")).toMatchObject({ username: "alice" });
      await backend.close();
    }
  });

  describe.each([
    ["stopped", () => slapd.pause()],
    ["killed", () => slapd.kill()],
  ])("whose server is %s", (_, interrupt) => {
    test.each(["kept", "new"])(
      "is unavailable within its time, over a %s connection, and recovers",
      async (connection) => {
        const backend = backendOf(slapd, { timeoutSeconds: TIMEOUT_SECONDS });
        const { subject } = (await backendOf(slapd).findByName("alice")) ?? { subject: "" };
        if (connection === "kept") await backend.ping();
        await interrupt();
        try {
          for (const ask of [
            () => backend.find(subject),
            () => backend.findByName("alice"),
            () => backend.signIn(alice),
            () => backend.ping(),
          ]) {
            const start = performance.now();
            await expect(ask()).rejects.toBeInstanceOf(BackendUnavailableError);
            expect(performance.now() - start).toBeLessThan(TIMEOUT_SECONDS * 1000 + 500);
          }
        } finally {
          await slapd.resume();
        }
        expect(await eventually(() => backend.find(subject), 5)).toMatchObject({ username: "alice" });
        await backend.close();
      },
    );
  });

  test("is served stale while its server is down, then refused", async () => {
    let clock = 0;
    const backend = backendOf(slapd, { timeoutSeconds: TIMEOUT_SECONDS });
    const directory = new IdentityDirectory({
      backend,
      now: () => clock,
      freshSeconds: 60,
      staleSeconds: 600,
      capacity: 10,
    });
    const { subject } = (await backend.findByName("alice")) ?? { subject: "" };
    expect(await directory.find(subject)).toMatchObject({ username: "alice" });
    await slapd.kill();
    clock = 599_000;
    expect(await directory.find(subject)).toMatchObject({ username: "alice" });
    clock = 600_000;
    await expect(directory.find(subject)).rejects.toBeInstanceOf(BackendUnavailableError);
    await slapd.resume();
    expect(await directory.find(subject)).toMatchObject({ username: "alice" });
    await backend.close();
  });
});
