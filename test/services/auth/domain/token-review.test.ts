import { describe, expect, test } from "@jest/globals";
import { hashToken, formatToken } from "../../../../src/services/auth/domain/token-format.js";
import { TokenReviewer, type ReviewedToken } from "../../../../src/services/auth/domain/token-review.js";
import type { Identity } from "../../../../src/services/auth/identity/identity-backend.js";
import type { RoleScope } from "../../../../src/api/clusters.js";
import type { StoredToken } from "../../../../src/services/auth/store/store.js";

const NOW = Date.parse("2026-11-21T12:00:00.000Z");
const TOKEN = formatToken(new Uint8Array(32).fill(7));
const ALICE: Identity = { subject: "u1", username: "alice", groups: ["team"], roleNames: [] };
const STORED: StoredToken = {
  id: "t1",
  userId: "id-of-alice",
  description: "",
  created: new Date(NOW - 1000),
  expires: new Date(NOW + 1000),
};

interface World {
  readonly token?: Partial<StoredToken>;
  /** Who the back-end says alice is; null: nobody. */
  readonly identity?: Partial<Identity> | null;
  readonly audiences?: readonly string[];
}

function world({ token, identity = {}, audiences = [] }: World = {}) {
  const asked: (RoleScope | undefined)[] = [];
  const used: [string, Date][] = [];
  let reads = 0;
  const reviewer = new TokenReviewer({
    tokens: {
      findByHash: (hash) => {
        reads++;
        const user = { id: "id-of-alice", backend: "local", subject: "u1", username: "old", created: new Date(0) };
        return Promise.resolve(hashToken(TOKEN).equals(hash) ? { token: { ...STORED, ...token }, user } : undefined);
      },
    },
    directory: {
      find: (_subject, scope) => {
        asked.push(scope);
        return Promise.resolve(identity === null ? undefined : { ...ALICE, ...identity });
      },
    },
    now: () => NOW,
    audiences,
    used: (id, at) => used.push([id, at]),
  });
  const review = (reviewed: Partial<ReviewedToken> = {}) => reviewer.review({ token: TOKEN, ...reviewed });
  return { review, asked, used, reads: () => reads };
}

describe("a token that is taken", () => {
  test("tells who its user is now, and is noted as used", async () => {
    const { review, used } = world();
    expect(await review()).toEqual({
      authenticated: true,
      tokenId: "t1",
      user: {
        username: "alice",
        uid: "id-of-alice",
        groups: ["team"],
        extra: { "kaas.rackspace.com/token-id": ["t1"] },
      },
    });
    expect(used).toEqual([["t1", new Date(NOW)]]);
  });

  test("tells the names of roles beside their ids", async () => {
    const answer = await world({ identity: { roleNames: ["admin"] } }).review();
    expect(answer).toMatchObject({ user: { extra: { "kaas.rackspace.com/role-names": ["admin"] } } });
  });

  test("has the roles that count in the cluster that asks", async () => {
    const { review, asked } = world();
    await review({ cluster: { name: "demo", roleScope: { project: "p" } } });
    await review({ cluster: { name: "other" } });
    await review();
    expect(asked).toEqual([{ project: "p" }, undefined, undefined]);
  });

  test("gives no group that Kubernetes or the platform keeps for itself, however it is written", async () => {
    const groups = [
      "system:masters",
      "System:Masters",
      "kubeadm:cluster-admins",
      "rackspace:x",
      "eks:y",
      "arn:z",
      "team",
    ];
    expect(await world({ identity: { groups } }).review()).toMatchObject({ user: { groups: ["team"] } });
  });
});

describe("a token is refused, and its use not noted,", () => {
  const refusalOf = async (given: World, reviewed: Partial<ReviewedToken> = {}) => {
    const { review, used } = world(given);
    const decision = await review(reviewed);
    expect(used).toEqual([]);
    return decision.authenticated ? undefined : decision.refusal;
  };

  test("when it is not of our form, without asking the store", async () => {
    const { review, reads } = world();
    expect(await review({ token: "eyJhbGciOiJSUzI1NiJ9.e30.x" })).toEqual({
      authenticated: false,
      refusal: "not-ours",
    });
    expect(await review({ token: `${TOKEN.slice(0, -1)}~` })).toMatchObject({ refusal: "not-ours" });
    expect(await review({ token: "" })).toMatchObject({ refusal: "not-ours" });
    expect(reads()).toBe(0);
  });

  test("when the store does not know it", async () => {
    expect(await refusalOf({}, { token: formatToken(new Uint8Array(32)) })).toBe("no-token");
  });

  test("when it was deleted, whether or not it has expired too", async () => {
    expect(await refusalOf({ token: { deleted: new Date(NOW - 1) } })).toBe("deleted");
    expect(await refusalOf({ token: { deleted: new Date(NOW - 1), expires: new Date(NOW - 1) } })).toBe("deleted");
  });

  test("at the very moment of its expiry", async () => {
    expect(await refusalOf({ token: { expires: new Date(NOW) } })).toBe("expired");
    const { review } = world({ token: { expires: new Date(NOW + 1) } });
    expect(await review()).toMatchObject({ authenticated: true });
  });

  test("by a cluster that is not among those that it is for", async () => {
    const token = { clusters: ["demo", "test"] };
    expect(await refusalOf({ token }, { cluster: { name: "prod" } })).toBe("other-cluster");
    expect(await refusalOf({ token }, {})).toBe("other-cluster");
    const { review } = world({ token });
    expect(await review({ cluster: { name: "test" } })).toMatchObject({ authenticated: true });
  });

  test("when its user is gone or disabled", async () => {
    expect(await refusalOf({ identity: null })).toBe("no-user");
  });

  test.each(["system:admin", "SYSTEM:admin", "kubeadm:x", "rackspace:x", "eks:x", "arn:aws:iam::1:user/x"])(
    "when its user is called %s",
    async (username) => {
      expect(await refusalOf({ identity: { username } })).toBe("no-user");
    },
  );

  test("when it is for no audience that was asked for", async () => {
    expect(await refusalOf({ audiences: ["api"] }, { audiences: ["vault"] })).toBe("other-audience");
  });
});

describe("audiences", () => {
  test("that both name are told", async () => {
    const { review } = world({ audiences: ["api", "web"] });
    expect(await review({ audiences: ["web", "vault", "api"] })).toMatchObject({ audiences: ["web", "api"] });
  });

  test.each([
    ["asked for", { audiences: ["api"] }, []],
    ["configured", {}, ["api"]],
  ])("are not told when none are %s: the API server takes its own", async (_, given, audiences) => {
    const decision = await world(given).review({ audiences });
    expect(decision).toMatchObject({ authenticated: true });
    expect(decision).not.toHaveProperty("audiences");
  });
});
