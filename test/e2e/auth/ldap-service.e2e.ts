import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { AuthService } from "../support/auth-service.js";
import { eventually } from "../support/eventually.js";
import { LDAP_SERVICE, LDAP_SUFFIX, Slapd } from "../support/slapd.js";

const PEOPLE = `ou=people,${LDAP_SUFFIX}`;
const GROUPS = `ou=groups,${LDAP_SUFFIX}`;
const PASSWORD = "correct-horse-battery-staple";
const FRESH_SECONDS = 5;
/** How long the directory is waited for. */
const LDAP_SECONDS = 2;
const LATEST_SECONDS = FRESH_SECONDS + LDAP_SECONDS + 3;
const OUTAGE_SECONDS = 60;

describe("kubernetes-auth with slapd", () => {
  let folder: string;
  let slapd: Slapd;
  let service: AuthService;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kaas-auth-ldap-"));
    slapd = await Slapd.start();
    writeFileSync(join(folder, "ca.pem"), slapd.caCertificate);
    writeFileSync(join(folder, "password"), LDAP_SERVICE.password, { mode: 0o600 });
    const settings = `
identity:
  type: ldap
  urls: ["${slapd.url}"]
  caCertificate: ${join(folder, "ca.pem")}
  bind: {dn: "${LDAP_SERVICE.dn}", password: {file: ${join(folder, "password")}}}
  users: {base: "${PEOPLE}", enabledFilter: "(!(employeeType=disabled))"}
  groups: {from: search, base: "${GROUPS}"}
  timeoutSeconds: ${LDAP_SECONDS}
  refusalMilliseconds: 100
identityCache: {freshSeconds: ${FRESH_SECONDS}}
`;
    service = await AuthService.start({ settings });
  });
  afterAll(async () => {
    await service.close();
    await slapd.stop();
    rmSync(folder, { recursive: true });
  });

  const nameOf = (username: string) => `uid=${username},${PEOPLE}`;
  const signIn = async (username: string, password = PASSWORD) => {
    const answer = await fetch(`${service.url}/sign-in`, {
      method: "POST",
      body: JSON.stringify({ username, password }),
    });
    return { status: answer.status, body: (await answer.json()) as { readonly session?: string } };
  };

  interface Person {
    readonly username: string;
    readonly token: string;
  }

  /** Somebody of the directory, in a group `<name>s`, who has signed in and made a token. */
  async function addPerson(username: string): Promise<Person> {
    await slapd.change(
      `dn: ${nameOf(username)}\nchangetype: add\nobjectClass: inetOrgPerson\ncn: a person\nsn: a person\n` +
        `uid: ${username}\nuserPassword: ${PASSWORD}\n\n` +
        `dn: cn=${username}s,${GROUPS}\nchangetype: add\nobjectClass: groupOfNames\ncn: ${username}s\n` +
        `member: cn=nobody\nmember: ${nameOf(username)}\n`,
    );
    const { session } = (await signIn(username)).body;
    const { token } = await service.call<{ token: string }>("POST", "/tokens", {}, session);
    return { username, token };
  }

  interface Reviewed {
    readonly code: number;
    readonly user: string | undefined;
    readonly groups: readonly string[] | undefined;
    readonly seconds: number;
  }

  async function review({ token }: Person): Promise<Reviewed> {
    const start = performance.now();
    const body = JSON.stringify({ spec: { token } });
    const answer = await fetch(`${service.url}/authenticate/token`, { method: "POST", body });
    const { status } = (await answer.json()) as {
      readonly status?: { readonly user?: { readonly username: string; readonly groups: readonly string[] } };
    };
    const seconds = (performance.now() - start) / 1000;
    return { code: answer.status, user: status?.user?.username, groups: status?.user?.groups, seconds };
  }

  test("signs in by the right password only, and tells the groups of the directory", async () => {
    const alice = await addPerson("alice");
    for (const [username, password] of [
      ["alice", `${PASSWORD}?`],
      ["alice", "*"],
      ["*", PASSWORD],
      ["nobody", PASSWORD],
    ] as const) {
      expect((await signIn(username, password)).status).toBe(401);
    }
    expect(await review(alice)).toMatchObject({ code: 200, user: "alice", groups: ["alices"] });
  });

  test("forgets a group that was left, and refuses who was disabled, in time", async () => {
    const [bob, carol] = [await addPerson("bob"), await addPerson("carol")];
    for (const person of [bob, carol]) expect((await review(person)).groups).toEqual([`${person.username}s`]);
    const leave = `dn: cn=bobs,${GROUPS}\nchangetype: modify\ndelete: member\nmember: ${nameOf("bob")}\n\n`;
    const disable = `dn: ${nameOf("carol")}\nchangetype: modify\nadd: employeeType\nemployeeType: disabled\n`;
    await slapd.change(leave + disable);
    await eventually(async () => {
      expect(await review(bob)).toMatchObject({ code: 200, user: "bob", groups: [] });
      expect(await review(carol)).toMatchObject({ code: 200, user: undefined });
    }, LATEST_SECONDS);
    expect((await signIn("carol")).status).toBe(401);
  });

  test("goes on for those it knows while slapd is stopped, and decides nothing about others", async () => {
    const known = [await addPerson("dave"), await addPerson("erin")];
    const stranger = await addPerson("stranger");
    for (const person of known) await review(person);
    let isOver = false;
    const isDone = () => isOver;
    const reviewed: (Reviewed & { readonly username: string })[] = [];
    const load = Promise.all(
      known.map(async (person) => {
        while (!isDone()) {
          reviewed.push({ ...(await review(person)), username: person.username });
          await delay(5);
        }
      }),
    );
    await delay(1000);
    const before = reviewed.length;
    const stopped = performance.now();
    await slapd.pause();
    try {
      await delay((FRESH_SECONDS + LDAP_SECONDS) * 1000);
      expect((await review(stranger)).code).toBe(503);
      expect((await signIn("stranger")).status).toBe(503);
      await delay(OUTAGE_SECONDS * 1000 - (performance.now() - stopped));
    } finally {
      await slapd.resume();
    }
    const during = reviewed.length - before;
    await eventually(async () => {
      expect(await review(stranger)).toMatchObject({ code: 200, user: "stranger", groups: ["strangers"] });
    });
    isOver = true;
    await load;
    const longest = Math.max(...reviewed.map(({ seconds }) => seconds));
    process.stderr.write(
      `  ${during} reviews in ${OUTAGE_SECONDS} s without slapd, the longest ${longest.toFixed(1)} s\n`,
    );
    expect(during).toBeGreaterThan(1000);
    expect(reviewed.filter(({ code, user, username }) => code !== 200 || user !== username)).toEqual([]);
    expect(longest).toBeLessThan(LDAP_SECONDS + 1);
    expect((await signIn("stranger")).status).toBe(201);
  });
});
