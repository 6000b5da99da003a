import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { RoleScope } from "../../src/api/clusters.js";
import type { Credentials, IdentityBackend } from "../../src/services/auth/identity/identity-backend.js";

/** An identity back-end, and what changes who its users are. */
export interface IdentityWorld {
  readonly backend: IdentityBackend;
  /** Where the groups that are given here count. @default - everywhere */
  readonly scope?: RoleScope;
  addUser(username: string, password: string): Promise<void>;
  setEnabled(username: string, enabled: boolean): Promise<void>;
  removeUser(username: string): Promise<void>;
  /** @returns what stands among the user's groups from now on */
  addToGroup(username: string, group: string): Promise<string>;
  removeFromGroup(username: string, group: string): Promise<void>;
  stop(): Promise<void>;
}

const PASSWORD = "correct horse battery staple";
const password = (username: string, value = PASSWORD): Credentials => ({ type: "password", username, password: value });
/** They mean something in filters, URLs, names of entries, SQL and JSON. */
const TRAPS = [
  "*",
  "ali*",
  "*)(uid=*",
  "alice)(|(uid=*",
  "alice\\2a",
  "alice\0",
  "alice,ou=people",
  "' OR 1=1 --",
  '"',
  "../alice",
];

/** The contract of an identity back-end. */
export function describeIdentityBackend(name: string, start: () => Promise<IdentityWorld>): void {
  describe(`identity back-end ${name}`, () => {
    let world: IdentityWorld;
    const addUser = (username: string) => world.addUser(username, PASSWORD);
    const signIn = (...credentials: Parameters<typeof password>) => world.backend.signIn(password(...credentials));
    const subjectOf = async (username: string) => (await world.backend.findByName(username))?.subject ?? "";

    beforeAll(async () => {
      world = await start();
      await addUser("alice");
    });
    afterAll(() => world.stop());

    test("signs in with the right password only", async () => {
      expect(await signIn("alice")).toMatchObject({ username: "alice" });
      expect(await signIn("alice", `${PASSWORD} `)).toBeUndefined();
      expect(await signIn("nobody")).toBeUndefined();
    });

    test("signs nobody in with a password that means something elsewhere", async () => {
      for (const trap of ["*", "\\2a", "\0"]) expect(await signIn("alice", trap)).toBeUndefined();
    });

    test("signs nobody in with an empty password", async () => {
      expect(await signIn("alice", "")).toBeUndefined();
      expect(await signIn("nobody", "")).toBeUndefined();
    });

    test("signs nobody in with an application credential that there is not", async () => {
      const id = "0123456789abcdef0123456789abcdef";
      expect(await world.backend.signIn({ type: "application-credential", id, secret: PASSWORD })).toBeUndefined();
    });

    test("knows a user by the same subject however it is asked", async () => {
      const signedIn = await signIn("alice");
      const found = await world.backend.findByName("alice");
      expect(found).toEqual({ subject: signedIn?.subject, username: "alice", groups: [], roleNames: [] });
      expect(await world.backend.find(found?.subject ?? "", world.scope)).toEqual(found);
    });

    test("knows nobody by a subject or a name that nobody has", async () => {
      expect(await world.backend.find("", world.scope)).toBeUndefined();
      expect(await world.backend.find("0123456789abcdef", world.scope)).toBeUndefined();
      expect(await world.backend.findByName("nobody")).toBeUndefined();
    });

    test.each(TRAPS)("takes %j for nobody's name, subject and password", async (text) => {
      expect(await world.backend.findByName(text)).toBeUndefined();
      expect(await world.backend.find(text, world.scope)).toBeUndefined();
      expect(await signIn(text, text)).toBeUndefined();
    });

    test.each(["bob (work)", "bo\\b", "bärbel", "b'ob", "bob=1"])("knows a user of the name %j", async (username) => {
      await addUser(username);
      const found = await signIn(username);
      expect(found).toMatchObject({ username });
      expect(await world.backend.find(found?.subject ?? "")).toMatchObject({ username });
    });

    test("does not know a disabled user, and knows one that is enabled again", async () => {
      await addUser("carol");
      const subject = await subjectOf("carol");
      await world.setEnabled("carol", false);
      expect(await signIn("carol")).toBeUndefined();
      expect(await world.backend.find(subject, world.scope)).toBeUndefined();
      expect(await world.backend.findByName("carol")).toBeUndefined();
      await world.setEnabled("carol", true);
      expect(await signIn("carol")).toMatchObject({ username: "carol" });
      expect(await world.backend.find(subject, world.scope)).toMatchObject({ username: "carol" });
    });

    test("does not know a user that was removed", async () => {
      await addUser("dave");
      const subject = await subjectOf("dave");
      expect(await world.backend.find(subject)).toMatchObject({ username: "dave" });
      await world.removeUser("dave");
      expect(await world.backend.find(subject)).toBeUndefined();
      expect(await signIn("dave")).toBeUndefined();
    });

    test("tells groups as they are given and taken", async () => {
      await addUser("erin");
      const subject = await subjectOf("erin");
      const group = await world.addToGroup("erin", "developers");
      const other = await world.addToGroup("erin", "operators (night)");
      expect((await world.backend.find(subject, world.scope))?.groups).toEqual([group, other].sort());
      await world.removeFromGroup("erin", "developers");
      expect((await world.backend.find(subject, world.scope))?.groups).toEqual([other]);
    });

    test.each(["system:admin", "System:Node:a", "kubeadm:cluster-admins", "rackspace:x", "eks:y", "arn:aws:z"])(
      "never tells of %s, as a user or a group",
      async (reserved) => {
        await addUser(reserved);
        expect(await signIn(reserved)).toBeUndefined();
        expect(await world.backend.findByName(reserved)).toBeUndefined();

        const member = `member of ${reserved.replaceAll(":", " ")}`;
        await addUser(member);
        await world.addToGroup(member, reserved);
        const identity = await world.backend.find(await subjectOf(member), world.scope);
        expect(identity).toMatchObject({ username: member });
        expect([...(identity?.groups ?? []), ...(identity?.roleNames ?? [])]).not.toContain(reserved);
      },
    );

    test("takes as long for a user that there is not as for a wrong password", async () => {
      const times = { alice: [] as number[], nobody: [] as number[] };
      for (let round = 0; round < 3; round += 1) {
        for (const username of ["alice", "nobody"] as const) {
          const start = performance.now();
          await signIn(username, "wrong");
          times[username].push(performance.now() - start);
        }
      }
      const ratio = median(times.nobody) / median(times.alice);
      expect(ratio).toBeGreaterThan(0.5);
      expect(ratio).toBeLessThan(2);
    });

    test("answers a ping", async () => {
      await expect(world.backend.ping()).resolves.toBeUndefined();
    });
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
