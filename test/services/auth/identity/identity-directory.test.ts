import { beforeEach, describe, expect, test } from "@jest/globals";
import { BackendUnavailableError, type Identity } from "../../../../src/services/auth/identity/identity-backend.js";
import { IdentityDirectory } from "../../../../src/services/auth/identity/identity-directory.js";

const FRESH_SECONDS = 60;
const STALE_SECONDS = 600;
const CAPACITY = 3;
const HERE = { project: "here" };

let clock: number;
let asked: string[];
let groups: string[];
/** What the back-end does instead of an answer. */
let failure: Error | undefined;
/** Answers wait for it. */
let gate: Promise<void>;
let directory: IdentityDirectory;

/** Whoever is asked for is there, but nobody. */
async function find(subject: string, scope?: { readonly project: string }): Promise<Identity | undefined> {
  asked.push(scope === undefined ? subject : `${subject} in ${scope.project}`);
  const identity = { subject, username: subject, groups: [...groups], roleNames: [] };
  await gate;
  if (failure !== undefined) throw failure;
  return subject === "nobody" ? undefined : identity;
}

function closedGate(): () => void {
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => {
    open = resolve;
  });
  return open;
}

beforeEach(() => {
  clock = 1_000_000;
  asked = [];
  groups = ["before"];
  failure = undefined;
  gate = Promise.resolve();
  const backend = {
    name: "local" as const,
    find: find as (subject: string, scope?: object) => Promise<Identity | undefined>,
    findByName: () => Promise.resolve(undefined),
    signIn: () => Promise.resolve(undefined),
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const limits = { freshSeconds: FRESH_SECONDS, staleSeconds: STALE_SECONDS, capacity: CAPACITY };
  directory = new IdentityDirectory({ backend, now: () => clock, ...limits });
});

/** Whatever can go on by itself has. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const wait = (seconds: number) => (clock += seconds * 1000);
const groupsOf = async (subject: string) => (await directory.find(subject))?.groups;
const down = () => (failure = new BackendUnavailableError("down"));

describe("an answer", () => {
  test("holds while it is fresh, and no longer", async () => {
    expect(await groupsOf("alice")).toEqual(["before"]);
    groups = ["after"];
    wait(FRESH_SECONDS - 0.001);
    expect(await groupsOf("alice")).toEqual(["before"]);
    wait(0.001);
    expect(await groupsOf("alice")).toEqual(["after"]);
    expect(asked).toEqual(["alice", "alice"]);
  });

  test("that there is no such user holds too", async () => {
    expect(await directory.find("nobody")).toBeUndefined();
    expect(await directory.find("nobody")).toBeUndefined();
    expect(asked).toEqual(["nobody"]);
  });

  test("holds for one user in one place", async () => {
    await directory.find("alice");
    await directory.find("alice", HERE);
    await directory.find("alice", { project: "there" });
    await directory.find("alice", HERE);
    expect(asked).toEqual(["alice", "alice in here", "alice in there"]);
  });

  test("is as old as the question", async () => {
    const open = closedGate();
    const answer = directory.find("alice");
    await settled();
    wait(FRESH_SECONDS);
    open();
    await answer;
    await directory.find("alice");
    expect(asked).toHaveLength(2);
  });

  test("is one for all who wait for it, and each failure is asked about again", async () => {
    const open = closedGate();
    down();
    const answers = [directory.find("alice"), directory.find("alice"), directory.find("alice", HERE)];
    open();
    for (const answer of await Promise.allSettled(answers)) expect(answer.status).toBe("rejected");
    expect(asked).toEqual(["alice", "alice in here"]);
    failure = undefined;
    expect(await groupsOf("alice")).toEqual(["before"]);
  });

  test("is given up for others when there are too many, the one first that was longest unused", async () => {
    for (const subject of ["a", "b", "c", "a", "d", "a", "c", "b"]) await directory.find(subject);
    expect(asked).toEqual(["a", "b", "c", "d", "b"]);
  });
});

describe("while the back-end is down, an answer", () => {
  test("is served for its time, and no longer", async () => {
    await directory.find("alice");
    down();
    wait(STALE_SECONDS - 0.001);
    expect(await groupsOf("alice")).toEqual(["before"]);
    wait(0.001);
    await expect(directory.find("alice")).rejects.toBeInstanceOf(BackendUnavailableError);
  });

  test("that has become too old while the back-end was asked is not served", async () => {
    await directory.find("alice");
    down();
    wait(STALE_SECONDS - 1);
    const open = closedGate();
    const answer = directory.find("alice");
    wait(1);
    open();
    await expect(answer).rejects.toBeInstanceOf(BackendUnavailableError);
  });

  test("that nobody had asked for before is not made up", async () => {
    await directory.find("alice");
    down();
    await expect(directory.find("alice", HERE)).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(directory.find("bob")).rejects.toBeInstanceOf(BackendUnavailableError);
  });

  test("waits for no more than one trial every five seconds", async () => {
    for (const subject of ["a", "b", "c"]) await directory.find(subject);
    down();
    wait(FRESH_SECONDS);
    asked = [];
    await directory.find("a");
    await directory.find("b");
    expect(asked).toEqual(["a"]);
    wait(5);
    const open = closedGate();
    const trial = directory.find("b");
    expect(await groupsOf("c")).toEqual(["before"]);
    expect(asked).toEqual(["a", "b"]);
    failure = undefined;
    open();
    await trial;
    await directory.find("c");
    expect(asked).toEqual(["a", "b", "c"]);
  });

  test("is waited for by eight at once, so that the back-end has time for each", async () => {
    const open = closedGate();
    const users = Array.from({ length: 20 }, (_, index) => `user-${index}`);
    const answers = Promise.all(users.map((user) => directory.find(user)));
    await settled();
    expect(asked).toEqual(users.slice(0, 8));
    open();
    expect((await answers).map((identity) => identity?.subject)).toEqual(users);
  });

  test("that the back-end has had no time for in ten seconds fails, and is not asked for", async () => {
    const open = closedGate();
    const first = Promise.all(Array.from({ length: 8 }, (_, index) => directory.find(`user-${index}`)));
    const late = expect(directory.find("late")).rejects.toThrow(BackendUnavailableError);
    await settled();
    wait(10.001);
    open();
    await Promise.all([first, late]);
    expect(asked).not.toContain("late");
    expect((await directory.find("late"))?.subject).toBe("late");
  });

  test("does not hide a defect", async () => {
    await directory.find("alice");
    failure = new TypeError("defect");
    wait(FRESH_SECONDS);
    await expect(directory.find("alice")).rejects.toBeInstanceOf(TypeError);
  });
});

describe("a user who has changed", () => {
  test("is asked for again everywhere, and others are not", async () => {
    await directory.find("alice");
    await directory.find("alice", HERE);
    await directory.find("bob");
    asked = [];
    directory.forget("alice");
    for (const scope of [undefined, HERE]) await directory.find("alice", scope);
    await directory.find("bob");
    expect(asked).toEqual(["alice", "alice in here"]);
  });

  test("is asked for again when the answer of before was on its way", async () => {
    const open = closedGate();
    const before = groupsOf("alice");
    await settled();
    groups = ["after"];
    directory.forget("alice");
    const after = groupsOf("alice");
    open();
    expect([await before, await after, await groupsOf("alice")]).toEqual([["before"], ["after"], ["after"]]);
  });
});

describe("a refresh", () => {
  test("asks for those who were used since, once half of their time is over", async () => {
    await directory.find("used");
    await directory.find("unused");
    wait(1);
    await directory.find("used");
    asked = [];
    wait(FRESH_SECONDS / 2 - 2);
    await directory.refresh();
    expect(asked).toEqual([]);
    wait(1);
    groups = ["after"];
    await directory.refresh();
    expect(asked).toEqual(["used"]);
    expect(await groupsOf("used")).toEqual(["after"]);
    expect(asked).toEqual(["used"]);
  });

  test("ends at an outage, and leaves what is known", async () => {
    for (const subject of ["a", "b"]) await directory.find(subject);
    wait(FRESH_SECONDS / 2);
    for (const subject of ["a", "b"]) await directory.find(subject);
    down();
    asked = [];
    await directory.refresh();
    expect(asked).toEqual(["a"]);
    expect(await groupsOf("b")).toEqual(["before"]);
  });
});

test("the age that is told is that of the oldest answer still served", async () => {
  expect(directory.oldestSeconds).toBe(0);
  await directory.find("a");
  wait(10);
  await directory.find("b");
  wait(5);
  expect(directory.oldestSeconds).toBe(15);
  wait(STALE_SECONDS - 15);
  expect(directory.oldestSeconds).toBe(STALE_SECONDS - 10);
});
