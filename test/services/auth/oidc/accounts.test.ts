import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { KoaContextWithOIDC } from "oidc-provider";
import type { RoleScope } from "../../../../src/api/clusters.js";
import { IdentityDirectory } from "../../../../src/services/auth/identity/identity-directory.js";
import {
  BackendUnavailableError,
  type IdentityBackend,
} from "../../../../src/services/auth/identity/identity-backend.js";
import { Accounts } from "../../../../src/services/auth/oidc/accounts.js";
import { oidcSettings } from "../../../../src/services/auth/oidc/oidc-settings.js";
import { openStore } from "../../../../src/services/auth/store/open-store.js";
import type { Store } from "../../../../src/services/auth/store/store.js";
import { user } from "../../../conformance/auth-store/samples.js";

let store: Store;
let isDown: boolean;
let ended: string[];
beforeEach(async () => {
  store = await openStore({ type: "sqlite", path: ":memory:" });
  isDown = false;
  ended = [];
});
afterEach(() => store.close());

/** Roles count in a project that it is asked for. */
const backend: IdentityBackend = {
  name: "keystone",
  find: (subject, scope?: RoleScope) => {
    if (isDown) return Promise.reject(new BackendUnavailableError("it is down"));
    if (subject === "gone") return Promise.resolve(undefined);
    const roles = scope === undefined ? [] : [`role-in-${Object.values(scope).join()}`];
    return Promise.resolve({
      subject,
      username: "alice",
      groups: ["developers", "system:masters", ...roles],
      roleNames: [],
    });
  },
  findByName: () => Promise.resolve(undefined),
  signIn: () => Promise.resolve(undefined),
  ping: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
const { clients } = oidcSettings.parse({
  issuer: "https://auth.example.com",
  encryptionKey: { env: "KEY" },
  clients: [
    { id: "kubernetes", name: "kubectl", public: true, deviceFlow: true, roleScope: { project: "p" } },
    { id: "grafana", name: "Grafana", public: true, deviceFlow: true },
  ],
});

const found = async (userId: string, clientId: string) => {
  const directory = new IdentityDirectory({ backend, now: () => 0, freshSeconds: 60, staleSeconds: 60, capacity: 10 });
  const accounts = new Accounts({
    services: { store, directory, backend },
    clients,
    ended: (id) => {
      ended.push(id);
      return Promise.resolve();
    },
  });
  const context = { oidc: { client: { clientId } }, req: new IncomingMessage(new Socket()) };
  const account = await accounts.find(context as unknown as KoaContextWithOIDC, userId);
  return account?.claims("id_token", "openid", {}, []);
};
const known = async (fields: object = {}) => (await store.users.ensure(user({ backend: "keystone", ...fields }))).id;

test("roles count where the client says, and nowhere else", async () => {
  const id = await known();
  expect(await found(id, "kubernetes")).toMatchObject({ sub: id, groups: ["developers", "role-in-p"] });
  expect(await found(id, "grafana")).toMatchObject({ sub: id, groups: ["developers"] });
  expect(ended).toEqual([]);
});

test("a user whom the back-end does not know any more, who was deleted, or is another back-end's has nothing, and it ends", async () => {
  const ids = [await known({ subject: "gone" }), await known({ backend: "ldap" }), await known()];
  await store.users.delete(ids[2] ?? "", new Date());
  for (const id of ids) expect(await found(id, "grafana")).toBeUndefined();
  expect(ended).toEqual(ids);
});

test("nothing ends while the back-end is down", async () => {
  isDown = true;
  await expect(found(await known(), "grafana")).rejects.toMatchObject({
    error: "temporarily_unavailable",
    statusCode: 503,
  });
  expect(ended).toEqual([]);
});
