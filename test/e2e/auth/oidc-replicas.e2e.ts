import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import * as client from "openid-client";
import { stringify } from "yaml";
import { type AuthService } from "../support/auth-service.js";
import { eventually } from "../support/eventually.js";
import { freePort, HOST } from "../support/loopback-server.js";
import { OidcApiServers } from "../support/oidc-api-server.js";
import { eksAuthentication, openStackAuthentication } from "../support/oidc-authentication.js";
import { OidcBrowser } from "../support/oidc-browser.js";
import { fetchTrusting, type Fetch } from "../support/oidc-fetch.js";
import { OidcIssuer, type OidcUser } from "../support/oidc-issuer.js";
import { readJwt, verifyJwt, withoutSignature, type PublishedKeys } from "../support/oidc-jwt.js";
import { OidcKubectl } from "../support/oidc-kubectl.js";
import { approveDevice, typePassword } from "../support/oidc-pages.js";
import { RelyingParty, type Tokens } from "../support/oidc-relying-party.js";
import { Postgres } from "../support/postgres.js";

const web = {
  id: "web",
  secret: "the-secret-of-the-web-page",
  redirectUris: ["https://web.example.com/callback"],
  deviceFlow: true,
} as const;
/** As operators declare it: who runs kubectl can keep no secret. */
const kubernetes = {
  id: "kubernetes",
  name: "kubectl",
  public: true,
  deviceFlow: true,
  redirectUris: [`http://${HOST}/`, "http://localhost:8000"],
} as const;
/** Replicas look for keys so often, and somewhat more. */
const KEYS_SECONDS = 20;
/** A new key signs after a minute. */
const ROTATION_SECONDS = 60 + KEYS_SECONDS;

let postgres: Postgres;
let issuer: OidcIssuer;
let one: AuthService;
let other: AuthService;
let servers: OidcApiServers;
/** By the cloud that its cluster would be of. */
let urls: { readonly eks: string; readonly openstack: string };
/** What names users there. */
let usernameClaims: { readonly eks: string; readonly openstack: string };
let toServers: Fetch;
let party: RelyingParty;
/** kubectl's client by openid-client, where the token itself is wanted. */
let native: RelyingParty;
let alice: OidcUser;
/** Of before the rotation that the last tests look at: it takes a minute. */
let ofBefore: Tokens;
/** What the replicas gave and published in its first moment. */
const meanwhile: { readonly tokens: Tokens; readonly keys: readonly PublishedKeys[] }[] = [];
let browser: OidcBrowser;
let users = 0;
beforeAll(async () => {
  postgres = await Postgres.start();
  servers = await OidcApiServers.start();
  process.env["KAAS_E2E_OIDC_STORE"] = await postgres.createDatabase();
  const store = "{type: postgres, url: {env: KAAS_E2E_OIDC_STORE}}";
  issuer = await OidcIssuer.start({ clients: [web, kubernetes], store, replicas: 2, freshSeconds: 1 });
  const [first, second] = issuer.replicas;
  if (first === undefined || second === undefined) throw new Error("there are fewer than two replicas");
  [one, other] = [first, second];
  [party, native] = [await RelyingParty.of(issuer, web), await RelyingParty.of(issuer, kubernetes)];
  alice = await newUser("team");
  ofBefore = await native.signIn(newBrowser(), alice);
  issuer.lead(one);
  await issuer.call("POST", "/signing-keys", {});
  for (const replica of [one, other]) {
    issuer.lead(replica);
    const tokens = await native.signIn(newBrowser(), alice);
    meanwhile.push({ tokens, keys: [await keysOf(one), await keysOf(other)] });
  }

  const [flags, eksClaim] = eksAuthentication(issuer.url);
  const [document, openStackClaim] = openStackAuthentication(issuer.url);
  usernameClaims = { eks: eksClaim, openstack: openStackClaim };
  const configured = `--authentication-config=${servers.write("authentication.yaml", stringify(document))}`;
  const [eks, openstack] = await Promise.all([
    servers.addServer("eks", flags, issuer.authorityFile),
    servers.addServer("openstack", [configured], issuer.authorityFile),
  ]);
  urls = { eks, openstack };
  toServers = fetchTrusting(servers.authority);
  await servers.kubectl(eks, ["create", "namespace", "team"]);
  const create = ["--namespace", "team", "create"];
  await servers.kubectl(eks, [...create, "role", "team", "--verb=list", "--resource=pods"]);
  await servers.kubectl(eks, [...create, "rolebinding", "team", "--role=team", "--group=team"]);
  // They ask the issuer for its keys in the background.
  for (const url of [eks, openstack]) {
    await eventually(async () => {
      expect(await statusOf(url, ofBefore.id_token)).toBe(200);
    });
  }
});
beforeEach(() => {
  issuer.lead(one, other);
  browser = newBrowser();
});
afterAll(async () => {
  await servers.close();
  await issuer.close();
  await postgres.stop();
});

const newBrowser = () => new OidcBrowser(issuer.fetch, [web.redirectUris[0], kubernetes.redirectUris[0]]);
const newUser = (...groups: readonly string[]) => {
  users += 1;
  return issuer.addUser(`user-${users}`, ...groups);
};
const statusOf = async (server: string, token = "") => {
  const headers = { authorization: `Bearer ${token}` };
  return (await toServers(`${server}/api/v1/namespaces/team/pods`, { headers })).status;
};
const keysOf = async (replica: AuthService): Promise<PublishedKeys> => {
  issuer.lead(replica);
  const keys = await issuer.keys();
  issuer.lead(one, other);
  return keys;
};

describe.each(["eks", "openstack"] as const)("a real API server as on %s", (cloud) => {
  let desk: OidcKubectl;
  beforeEach(() => {
    desk = new OidcKubectl({
      server: urls[cloud],
      serverAuthority: servers.authorityFile,
      issuer: issuer.url,
      issuerAuthority: issuer.authorityFile,
      clientId: kubernetes.id,
    });
  });
  afterEach(() => desk.close());
  const byDevice = ["--grant-type=device-code"];
  const byCode = async () => [`--listen-address=${HOST}:${await freePort()}`, "--grant-type=authcode"];

  test("lets kubectl in by kubelogin's device flow; RBAC decides by group, and users have their names", async () => {
    const user = await newUser("team", "others");
    const username = { sub: user.id, preferred_username: user.username }[usernameClaims[cloud]];
    expect(username).toBeDefined();
    const asking = desk.run(byDevice, ["get", "pods", "--output", "name"]);
    const done = await approveDevice(browser, await OidcKubectl.addressOf(asking), user);
    expect(done.status).toBe(200);
    expect(await asking.ended).toEqual({ code: 0, stdout: "" });
    // The token is kept: nobody is asked again.
    const secrets = desk.run(byDevice, ["get", "secrets"]);
    expect((await secrets.ended).code).toBe(1);
    expect(secrets.told()).toContain(`secrets is forbidden: User "${username}" cannot list`);
    const { stdout } = await desk.run(byDevice, ["auth", "whoami", "--output", "json"]).ended;
    expect(JSON.parse(stdout)).toMatchObject({
      status: { userInfo: { username, groups: ["others", "team", "system:authenticated"] } },
    });
  });

  test("does not let kubectl in whose user says no", async () => {
    // One request: kubectl would look for the kinds of objects first, some times over, and kubelogin ask each time.
    const asking = desk.run(byDevice, ["get", "--raw", "/api/v1/namespaces/team/pods"]);
    await approveDevice(browser, await OidcKubectl.addressOf(asking), await newUser("team"), "abort");
    expect((await asking.ended).code).toBe(1);
    expect(asking.told()).toContain("access_denied");
  });

  test("lets kubectl in by kubelogin's code flow, and refuses who is not of the group", async () => {
    const login = await byCode();
    const asking = desk.run(login, ["get", "pods"]);
    const page = await browser.open(await OidcKubectl.addressOf(asking));
    expect((await typePassword(browser, page, await newUser("others"))).text).toContain("Authenticated");
    expect((await asking.ended).code).toBe(1);
    expect(asking.told()).toContain("pods is forbidden");
  });

  test("is shown a fresh token when the old one is over; who is disabled gets none", async () => {
    const user = await newUser("team");
    const login = await byCode();
    const asking = desk.run(login, ["get", "pods"]);
    await typePassword(browser, await browser.open(await OidcKubectl.addressOf(asking)), user);
    expect((await asking.ended).code).toBe(0);
    const refreshed = desk.run([...login, "--force-refresh"], ["get", "pods"]);
    expect((await refreshed.ended).code).toBe(0);
    expect(refreshed.told()).not.toContain("Please visit");

    await issuer.call("PATCH", `/users/${user.id}`, { disabled: true });
    // The other replica takes what it knows for true so long.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const refused = desk.run([...login, "--force-refresh"], ["get", "pods"]);
    // kubelogin asks for a sign-in, which this user cannot do; nor is there a session.
    const page = await browser.open(await OidcKubectl.addressOf(refused));
    expect((await typePassword(browser, page, user)).status).toBe(401);
    await refused.stop();
  });

  test("refuses tokens for another client, without a signature, with another one, of another kind, and garbage", async () => {
    const foreign = await party.signIn(browser, alice);
    const own = await native.comeAgain(browser);
    const token = own.id_token ?? "";
    expect(await statusOf(urls[cloud], token)).toBe(200);
    for (const wrong of [
      ...[foreign.id_token ?? "", own.access_token, withoutSignature(token), "garbage"],
      `${token.slice(0, token.lastIndexOf("."))}.${foreign.id_token?.split(".")[2]}`,
    ]) {
      expect(await statusOf(urls[cloud], wrong)).toBe(401);
    }
  });
});

describe("two replicas", () => {
  test("each request of a sign-in may reach another replica", async () => {
    // Each has a connection of its own, and the replicas take turns.
    for (let turn = 0; turn < 4; turn += 1) {
      const by = newBrowser();
      const tokens = await party.signIn(by, alice);
      expect((await client.fetchUserInfo(party.config, tokens.access_token, alice.id)).sub).toBe(alice.id);
      expect((await party.refresh(tokens)).claims()?.["groups"]).toEqual(["team"]);
      expect((await party.comeAgain(by)).claims()?.sub).toBe(alice.id);
    }
  });

  test("a sign-in that one replica begins ends on the other, when the first is gone", async () => {
    issuer.lead(one);
    const asked = await party.ask();
    const page = await browser.open(asked.url);
    await one.kill();
    issuer.lead(other);
    try {
      const tokens = await party.redeem(await typePassword(browser, page, alice), asked);
      expect(tokens.claims()?.sub).toBe(alice.id);
    } finally {
      await one.resume();
    }
  });

  test("codes and refresh tokens are good once, whichever replicas are asked at the same time", async () => {
    const atOnce = (ask: () => Promise<Tokens>) => Promise.allSettled(Array.from({ length: 12 }, ask));
    const won = (outcomes: readonly PromiseSettledResult<Tokens>[]) =>
      outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
    for (let turn = 0; turn < 5; turn += 1) {
      const by = newBrowser();
      const tokens = await party.signIn(by, alice);
      const refreshed = won(await atOnce(() => party.refresh(tokens)));
      expect(refreshed.length).toBeLessThan(2);
      // All know by now that it was copied.
      for (const each of refreshed) await expect(party.refresh(each)).rejects.toMatchObject({ error: "invalid_grant" });
      const asked = await party.ask();
      const page = await by.open(asked.url);
      expect(won(await atOnce(() => party.redeem(page, asked))).length).toBeLessThan(2);
    }
  });

  test("a device's code of one replica is approved on the other, and fetched from either", async () => {
    issuer.lead(one);
    const started = await client.initiateDeviceAuthorization(party.config, { scope: "openid groups" });
    issuer.lead(other);
    await approveDevice(browser, started.verification_uri_complete ?? "", alice);
    issuer.lead(one, other);
    const tokens = await client.pollDeviceAuthorizationGrant(party.config, started);
    expect(tokens.claims()?.sub).toBe(alice.id);
  });

  test("tokens of each replica are verified by keys of the other", async () => {
    const keys = [await keysOf(one), await keysOf(other)];
    expect(keys[0]).toEqual(keys[1]);
    for (const replica of [one, other]) {
      issuer.lead(replica);
      const tokens = await party.signIn(newBrowser(), alice);
      for (const each of keys) verifyJwt(tokens.id_token ?? "", each);
    }
  });

  test("while the store is stopped nobody signs in and nothing breaks; then it goes on", async () => {
    const tokens = await party.signIn(browser, alice);
    await postgres.pause();
    try {
      const start = performance.now();
      const answer = await issuer.fetch(party.config.serverMetadata().token_endpoint ?? "", {
        method: "POST",
        body: new URLSearchParams({
          grant_type: "refresh_token",
          refresh_token: tokens.refresh_token ?? "",
          client_id: web.id,
          client_secret: web.secret,
        }),
      });
      expect(answer.status).toBe(503);
      expect(performance.now() - start).toBeLessThan(15_000);
      // What verifiers need is known without it.
      expect((await issuer.keys()).keys.length).toBeGreaterThan(0);
    } finally {
      await postgres.resume();
    }
    expect((await eventually(() => party.signIn(newBrowser(), alice))).claims()?.sub).toBe(alice.id);
  });
  test("a key that one replica made is published by both, then signs for both; no verification fails meanwhile", async () => {
    expect(meanwhile).toHaveLength(2);
    for (const { tokens, keys } of meanwhile) for (const each of keys) verifyJwt(tokens.id_token ?? "", each);
    const published: PublishedKeys[] = [];
    for (const replica of [one, other]) {
      await eventually(async () => {
        const keys = await keysOf(replica);
        expect(keys.keys).toHaveLength(2);
        published.push(keys);
      }, KEYS_SECONDS);
    }
    const old = readJwt(ofBefore.id_token ?? "").header.kid;
    const kids = new Set([old]);
    let tokens = ofBefore;
    for (const replica of [one, other]) {
      issuer.lead(replica);
      await eventually(async () => {
        tokens = await native.refresh(tokens);
        for (const keys of published) verifyJwt(tokens.id_token ?? "", keys);
        for (const url of Object.values(urls)) expect(await statusOf(url, tokens.id_token)).toBe(200);
        const { kid } = readJwt(tokens.id_token ?? "").header;
        kids.add(kid);
        expect(kid).not.toBe(old);
      }, ROTATION_SECONDS);
    }
    // The same new one of both.
    expect(kids.size).toBe(2);
    for (const url of Object.values(urls)) expect(await statusOf(url, ofBefore.id_token)).toBe(200);
  });

  test("keys that one replica withdraws, while the other does so too, are soon no replica's", async () => {
    const old = await keysOf(one);
    await Promise.all([1, 2].map(() => issuer.call("POST", "/signing-keys", { withdraw: true })));
    await eventually(async () => {
      const [first, second] = [await keysOf(one), await keysOf(other)];
      expect(first).toEqual(second);
      for (const { kid } of old.keys) expect(first.keys.map((key) => key.kid)).not.toContain(kid);
      // Clients keep what they know of the keys for a while.
      party = await RelyingParty.of(issuer, web);
      const kids = new Set<string>();
      for (const replica of [one, other]) {
        issuer.lead(replica);
        const tokens = await party.signIn(newBrowser(), alice);
        kids.add(verifyJwt(tokens.id_token ?? "", first).header.kid);
      }
      expect(kids.size).toBe(1);
    }, KEYS_SECONDS);
  });
});
