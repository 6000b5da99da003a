import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import { SignInGuard } from "../../../../src/services/auth/domain/sign-in-guard.js";
import { openStore } from "../../../../src/services/auth/store/open-store.js";
import { StoreUnavailableError, type Store } from "../../../../src/services/auth/store/store.js";

const MINUTE = 60_000;
const HOME = "192.0.2.1";
const STRANGER = "198.51.100.7";

describe("the guard of sign-ins", () => {
  let store: Store;
  let now: number;
  /** An account that no other test knows. */
  let account: string;
  let guard: SignInGuard;
  beforeAll(async () => {
    store = await openStore({ type: "sqlite", path: ":memory:" });
  });
  afterAll(() => store.close());
  beforeEach(() => {
    now = Date.UTC(2026, 2, 4);
    account = `password:${randomUUID()}`;
    guard = newGuard();
  });

  const newGuard = () => new SignInGuard({ store: store.signIns, now: () => now });
  const right = () => Promise.resolve("identity");
  const wrong = () => Promise.resolve(undefined);
  const attempt = async (
    address: string,
    signIn: () => Promise<string | undefined>,
    { by = guard, as = account } = {},
  ) => {
    const result = await by.attempt({ account: as, address }, signIn);
    return result.outcome;
  };
  const fail = async (times: number, address: string, as = account) => {
    const outcomes = [];
    for (let time = 0; time < times; time += 1) outcomes.push(await attempt(address, wrong, { as }));
    return outcomes;
  };
  const REFUSED_TEN_TIMES = Array<string>(10).fill("refused");

  test("lets somebody sign in, and refuses the wrong password", async () => {
    expect(await guard.attempt({ account, address: HOME }, right)).toEqual({
      outcome: "signed-in",
      identity: "identity",
    });
    expect(await attempt(HOME, wrong)).toBe("refused");
  });

  test("locks an account after ten failures, without asking for the password any more", async () => {
    expect(await fail(10, STRANGER)).toEqual(REFUSED_TEN_TIMES);
    let asked = 0;
    const count = () => {
      asked += 1;
      return right();
    };
    expect(await attempt(STRANGER, count)).toBe("locked");
    expect(asked).toBe(0);
    expect(await attempt(STRANGER, right, { as: `password:${randomUUID()}` })).toBe("signed-in");
  });

  test("opens it when the oldest failure is fifteen minutes old, and says when that is", async () => {
    await fail(1, STRANGER);
    now += 5 * MINUTE;
    await fail(9, STRANGER);
    now += MINUTE;
    const locked = await guard.attempt({ account, address: STRANGER }, right);
    expect(locked).toEqual({ outcome: "locked", retryAfterSeconds: 9 * 60 });
    now += 9 * MINUTE - 1;
    expect(await attempt(STRANGER, wrong)).toBe("locked");
    now += 1;
    expect(await fail(2, STRANGER)).toEqual(["refused", "locked"]);
  });

  test("is not kept locked by those who go on trying", async () => {
    await fail(10, STRANGER);
    for (let minute = 0; minute < 14; minute += 1) {
      now += MINUTE;
      expect(await attempt(STRANGER, wrong)).toBe("locked");
    }
    now += MINUTE;
    expect(await attempt(STRANGER, right)).toBe("signed-in");
  });

  test("counts all strangers together, wherever they come from", async () => {
    for (let host = 1; host <= 10; host += 1) expect(await attempt(`198.51.100.${host}`, wrong)).toBe("refused");
    expect(await attempt("203.0.113.9", wrong)).toBe("locked");
  });

  test("lets nobody lock out a user where the user signed in lately", async () => {
    await attempt(HOME, right);
    await fail(11, STRANGER);
    expect(await attempt(STRANGER, right)).toBe("locked");
    expect(await attempt(HOME, right)).toBe("signed-in");
    now += 29 * 24 * 60 * MINUTE;
    await fail(11, STRANGER);
    expect(await attempt(HOME, right)).toBe("signed-in");
    now += 30 * 24 * 60 * MINUTE;
    await fail(11, STRANGER);
    expect(await attempt(HOME, right)).toBe("locked");
  });

  test("bounds the failures of a known address too, apart from those of strangers", async () => {
    await attempt(HOME, right);
    expect(await fail(11, HOME)).toEqual([...REFUSED_TEN_TIMES, "locked"]);
    expect(await attempt(STRANGER, right)).toBe("signed-in");
  });

  test("knows an address for the account that signed in there, and for no other", async () => {
    await attempt(HOME, right);
    const other = `password:${randomUUID()}`;
    await fail(10, STRANGER, other);
    expect(await attempt(HOME, right, { as: other })).toBe("locked");
  });

  test("forgives the failures of the place that one succeeds at, and no stranger's", async () => {
    await attempt(HOME, right);
    await fail(9, HOME);
    await attempt(HOME, right);
    expect(await fail(10, HOME)).toEqual(REFUSED_TEN_TIMES);

    await fail(9, STRANGER);
    await attempt("203.0.113.9", right);
    expect(await fail(2, STRANGER)).toEqual(["refused", "locked"]);
  });

  test("tries no more than ten of a thousand that come at once, over two replicas", async () => {
    const other = newGuard();
    let tried = 0;
    const slow = async () => {
      tried += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return undefined;
    };
    const outcomes = await Promise.all(
      Array.from({ length: 1000 }, (_, turn) => attempt(STRANGER, slow, { by: turn % 2 === 0 ? guard : other })),
    );
    expect(tried).toBe(10);
    expect(outcomes.filter((outcome) => outcome === "locked")).toHaveLength(990);
  });

  test("asks for a second's patience only while others are being tried", async () => {
    let finish: (value: string) => void = () => undefined;
    const held = new Promise<string>((resolve) => (finish = resolve));
    const trying = Array.from({ length: 10 }, () => attempt(HOME, () => held));
    const locked = await guard.attempt({ account, address: HOME }, right);
    expect(locked).toEqual({ outcome: "locked", retryAfterSeconds: 1 });
    finish("identity");
    expect(await Promise.all(trying)).toEqual(Array<string>(10).fill("signed-in"));
    expect(await attempt(HOME, right)).toBe("signed-in");
  });

  test("counts an attempt as failed of which nothing was heard for a minute", async () => {
    // As by replicas that were killed in the middle of it.
    for (let time = 0; time < 10; time += 1) void attempt(STRANGER, () => new Promise(() => undefined));
    await attempt("203.0.113.9", right, { as: `password:${randomUUID()}` });
    expect(await guard.attempt({ account, address: STRANGER }, right)).toMatchObject({ retryAfterSeconds: 1 });
    now += MINUTE;
    expect(await guard.attempt({ account, address: STRANGER }, right)).toMatchObject({ retryAfterSeconds: 14 * 60 });
  });

  test("counts nothing when the identity back-end is down", async () => {
    const down = () => Promise.reject(new Error("down"));
    for (let time = 0; time < 20; time += 1) await expect(attempt(STRANGER, down)).rejects.toThrow("down");
    expect(await attempt(STRANGER, right)).toBe("signed-in");
  });

  test("lets nobody in when nobody can tell how many have failed", async () => {
    const blind = new SignInGuard({
      now: () => now,
      store: { ...store.signIns, isKnownOrigin: () => Promise.reject(new StoreUnavailableError("down")) },
    });
    await expect(attempt(HOME, right, { by: blind })).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  test.each([
    ["ALICE", "in capitals"],
    ["ＡＬＩＣＥ", "in full width"],
    ["àlîcé", "with accents"],
    [" a l\u00a0ice ", "with blanks"],
    ["al\u200bi\u00adc\ufe0fe\0", "with what is not printed"],
  ])("counts %j as alice (%s)", async (spelling) => {
    const suffix = randomUUID();
    await fail(10, STRANGER, `password:alice${suffix}`);
    expect(await attempt(STRANGER, right, { as: `password:${spelling}${suffix}` })).toBe("locked");
    expect(await attempt(STRANGER, right, { as: `password:bob${suffix}` })).toBe("signed-in");
  });

  test.each([
    ["192.0.2.1", "::ffff:192.0.2.1", true],
    ["192.0.2.1", "192.0.2.2", false],
    ["2001:db8:1:2::1", "2001:0DB8:1:2:ffff::9", true],
    ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
    ["2001:db8::1", "2001:db8:0:0:5::", true],
    ["::1", "::2", true],
    ["fe80::1%eth0", "fe80::1", true],
    ["unknown", "unknown", true],
    ["unknown", "", false],
  ])("takes %s and %s for one place: %s", async (one, other, same) => {
    await attempt(one, right);
    await fail(10, STRANGER);
    expect(await attempt(other, right)).toBe(same ? "signed-in" : "locked");
  });

  test("keeps neither names nor addresses in clear", async () => {
    const texts: unknown[] = [];
    const spy = new SignInGuard({
      now: () => now,
      store: {
        change: (...args) => (texts.push(args[0]), store.signIns.change(...args)),
        rememberOrigin: (...args) => (texts.push(args[0]), store.signIns.rememberOrigin(...args)),
        isKnownOrigin: (...args) => (texts.push(args[0]), store.signIns.isKnownOrigin(...args)),
        purge: (time) => store.signIns.purge(time),
      },
    });
    await attempt(HOME, right, { by: spy });
    expect(texts).toHaveLength(4);
    for (const text of texts) expect(text).toHaveProperty("byteLength", 32);
  });
});
