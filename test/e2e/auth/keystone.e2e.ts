import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  BackendUnavailableError,
  type Credentials,
  type IdentityBackend,
} from "../../../src/services/auth/identity/identity-backend.js";
import { IdentityDirectory } from "../../../src/services/auth/identity/identity-directory.js";
import { KeystoneBackend } from "../../../src/services/auth/identity/keystone/keystone-backend.js";
import { keystoneSettings } from "../../../src/services/auth/identity/keystone/keystone-settings.js";
import { describeIdentityBackend, type IdentityWorld } from "../../conformance/identity-backend.js";
import { AuthKeystone } from "../support/auth-keystone.js";
import { eventually } from "../support/eventually.js";

const SERVICE_PASSWORD = "service-pass";
const TIMEOUT_SECONDS = 1;
/** Domains and projects are remembered for ten seconds. */
const PLACES_FORGOTTEN_MILLISECONDS = 11_000;

let keystone: AuthKeystone;
const ids = { domain: "default", project: "", otherProject: "", otherDomain: "", service: "" };
let clock = 0;

type Created = Readonly<Record<string, { readonly id: string }>>;
async function create(kind: "user" | "group" | "role" | "project" | "domain", fields: object): Promise<string> {
  const created = await keystone.call<Created>("POST", `/${kind}s`, { [kind]: fields });
  return created[kind]?.id ?? "";
}
const user = (name: string, password: string, domain_id = ids.domain) => create("user", { name, password, domain_id });
const change = (path: string, kind: string, fields: object) => keystone.call("PATCH", path, { [kind]: fields });
const put = (path: string) => keystone.call("PUT", path);
const remove = (path: string) => keystone.call("DELETE", path);

async function idOf(kind: "users" | "roles" | "domains", name: string): Promise<string | undefined> {
  type Found = Readonly<Record<string, readonly { readonly id: string }[]>>;
  const found = await keystone.call<Found>("GET", `/${kind}?name=${encodeURIComponent(name)}`);
  return found[kind]?.[0]?.id;
}

function backendOf(changed: object = {}, servicePassword = SERVICE_PASSWORD): KeystoneBackend {
  const settings = keystoneSettings.parse({
    type: "keystone",
    url: keystone.url,
    serviceUser: { username: "kubernetes-auth", password: { env: "KEYSTONE_PASSWORD" } },
    timeoutSeconds: 20,
    refusalMilliseconds: 300,
    ...changed,
  });
  return new KeystoneBackend({
    settings,
    servicePassword,
    caCertificate: keystone.caCertificate,
    now: () => Date.now() + clock,
  });
}

beforeAll(async () => {
  keystone = await AuthKeystone.start();
  ids.otherDomain = await create("domain", { name: "others" });
  ids.project = await create("project", { name: "cluster", domain_id: ids.domain });
  ids.otherProject = await create("project", { name: "elsewhere", domain_id: ids.domain });
  ids.service = await user("kubernetes-auth", SERVICE_PASSWORD);
  await put(`/system/users/${ids.service}/roles/${(await idOf("roles", "reader")) ?? ""}`);
});
afterAll(() => keystone.stop());

async function keystoneWorld(): Promise<IdentityWorld> {
  const backend = backendOf();
  const roleOf = async (name: string) => (await idOf("roles", name)) ?? (await create("role", { name }));
  const place = async (username: string, role: string) =>
    `/projects/${ids.project}/users/${(await idOf("users", username)) ?? ""}/roles/${await roleOf(role)}`;
  return Promise.resolve({
    backend,
    scope: { project: ids.project },
    addUser: async (username, password) => {
      await user(username, password);
    },
    setEnabled: async (username, enabled) => {
      await change(`/users/${(await idOf("users", username)) ?? ""}`, "user", { enabled });
    },
    removeUser: async (username) => {
      await remove(`/users/${(await idOf("users", username)) ?? ""}`);
    },
    addToGroup: async (username, group) => {
      await put(await place(username, group));
      return roleOf(group);
    },
    removeFromGroup: async (username, group) => {
      await remove(await place(username, group));
    },
    stop: () => backend.close(),
  });
}

describeIdentityBackend("Keystone", keystoneWorld);

describe("roles that count in a cluster", () => {
  let backend: KeystoneBackend;
  let subject: string;
  const roles: Record<string, string> = {};
  const groupsIn = async (scope: Parameters<IdentityBackend["find"]>[1]) =>
    (await backend.find(subject, scope))?.groups;
  const here = () => ({ project: ids.project });

  beforeAll(async () => {
    backend = backendOf();
    subject = await user("frank", "frank-pass");
    for (const name of ["own", "of-group", "inherited", "elsewhere", "of-domain"])
      roles[name] = await create("role", { name });
  });
  afterAll(() => backend.close());

  test("are those of the cluster's project only, and gone once they are taken", async () => {
    await put(`/projects/${ids.project}/users/${subject}/roles/${roles["own"] ?? ""}`);
    await put(`/projects/${ids.otherProject}/users/${subject}/roles/${roles["elsewhere"] ?? ""}`);
    await put(`/domains/${ids.domain}/users/${subject}/roles/${roles["of-domain"] ?? ""}`);
    expect(await groupsIn(here())).toEqual([roles["own"]]);
    expect(await backend.find(subject, here())).toMatchObject({ roleNames: ["own"] });
    expect(await groupsIn({ project: ids.otherProject })).toEqual([roles["elsewhere"]]);
    expect(await groupsIn({ domain: ids.domain })).toEqual([roles["of-domain"]]);
    expect(await groupsIn(undefined)).toEqual([]);
    await remove(`/projects/${ids.project}/users/${subject}/roles/${roles["own"] ?? ""}`);
    expect(await groupsIn(here())).toEqual([]);
  });

  test("come by a group and from the domain too", async () => {
    const group = await create("group", { name: "team", domain_id: ids.domain });
    await put(`/groups/${group}/users/${subject}`);
    await put(`/projects/${ids.project}/groups/${group}/roles/${roles["of-group"] ?? ""}`);
    await put(
      `/OS-INHERIT/domains/${ids.domain}/users/${subject}/roles/${roles["inherited"] ?? ""}/inherited_to_projects`,
    );
    expect(await groupsIn(here())).toEqual([roles["of-group"], roles["inherited"]].sort());
    await remove(`/groups/${group}/users/${subject}`);
    expect(await groupsIn(here())).toEqual([roles["inherited"]]);
  });

  test("are none in a project or a domain that is disabled, or that there is not", async () => {
    const domain = await create("domain", { name: "closing" });
    const project = await create("project", { name: "closing", domain_id: domain });
    for (const place of [`/projects/${project}`, `/domains/${domain}`]) {
      await put(`${place}/users/${subject}/roles/${roles["own"] ?? ""}`);
    }
    expect(await groupsIn({ project })).toEqual([roles["own"]]);
    await change(`/projects/${project}`, "project", { enabled: false });
    clock += PLACES_FORGOTTEN_MILLISECONDS;
    expect(await groupsIn({ project })).toEqual([]);
    await change(`/projects/${project}`, "project", { enabled: true });
    await change(`/domains/${domain}`, "domain", { enabled: false });
    clock += PLACES_FORGOTTEN_MILLISECONDS;
    expect(await groupsIn({ project })).toEqual([]);
    expect(await groupsIn({ domain })).toEqual([]);
    expect(await groupsIn({ project: "0123456789abcdef0123456789abcdef" })).toEqual([]);
  });
});

describe("who signs in", () => {
  test("is nobody of another domain, not even by the same name or a credential", async () => {
    const backend = backendOf();
    const foreign = await user("grace", "grace-pass", ids.otherDomain);
    expect(await backend.signIn({ type: "password", username: "grace", password: "grace-pass" })).toBeUndefined();
    expect(await backend.find(foreign)).toBeUndefined();
    expect(await backend.findByName("grace")).toBeUndefined();
    const credential = await applicationCredential(foreign, "grace-pass", {});
    expect(await backend.signIn(credential)).toBeUndefined();
    for (const userDomain of [{ name: "others" }, { id: ids.otherDomain }]) {
      const ofOthers = backendOf({ userDomain });
      expect(await ofOthers.signIn(credential)).toMatchObject({ subject: foreign, username: "grace" });
      expect(await ofOthers.find(foreign)).toMatchObject({ username: "grace" });
      await ofOthers.close();
    }
    await backend.close();
  });

  test("is nobody while the domain is disabled", async () => {
    const domain = await create("domain", { name: "short-lived" });
    const subject = await user("heidi", "heidi-pass", domain);
    const backend = backendOf({ userDomain: { id: domain } });
    const credentials: Credentials = { type: "password", username: "heidi", password: "heidi-pass" };
    expect(await backend.signIn(credentials)).toMatchObject({ subject });
    await change(`/domains/${domain}`, "domain", { enabled: false });
    clock += PLACES_FORGOTTEN_MILLISECONDS;
    expect(await backend.signIn(credentials)).toBeUndefined();
    expect(await backend.find(subject)).toBeUndefined();
    expect(await backend.findByName("heidi")).toBeUndefined();
    await backend.close();
  });

  test("may do so by an application credential, as far as the settings let it", async () => {
    const subject = await user("ivan", "ivan-pass");
    const restricted = await applicationCredential(subject, "ivan-pass", {});
    const unrestricted = await applicationCredential(subject, "ivan-pass", { unrestricted: true });
    const expected = { all: [true, true], unrestricted: [false, true], none: [false, false] };
    for (const [applicationCredentials, taken] of Object.entries(expected)) {
      const backend = backendOf({ applicationCredentials });
      const identities = [await backend.signIn(restricted), await backend.signIn(unrestricted)];
      expect(identities.map((identity) => identity !== undefined)).toEqual(taken);
      for (const identity of identities) expect([undefined, subject]).toContain(identity?.subject);
      expect(await backend.signIn({ ...unrestricted, secret: "wrong" })).toBeUndefined();
      await backend.close();
    }
    const backend = backendOf();
    await change(`/users/${subject}`, "user", { enabled: false });
    expect(await backend.signIn(restricted)).toBeUndefined();
    await backend.close();
  });

  async function applicationCredential(id: string, password: string, fields: object) {
    const member = (await idOf("roles", "member")) ?? "";
    await put(`/projects/${ids.project}/users/${id}/roles/${member}`);
    const name = `credential ${JSON.stringify(fields)}`;
    const body = { application_credential: { name, ...fields } };
    const made = await keystone.callAs<{ application_credential: { id: string; secret: string } }>(
      { id, password },
      ids.project,
      `/users/${id}/application_credentials`,
      body,
    );
    return { type: "application-credential" as const, ...pick(made.application_credential) };
  }
  const pick = ({ id, secret }: { id: string; secret: string }) => ({ id, secret });
});

describe("the service user", () => {
  test("may have its role in a project instead of the system", async () => {
    const id = await user("service-of-project", SERVICE_PASSWORD);
    await put(`/projects/${ids.otherProject}/users/${id}/roles/${(await idOf("roles", "admin")) ?? ""}`);
    const serviceUser = { username: "service-of-project", password: { env: "P" }, scope: { project: "elsewhere" } };
    const backend = backendOf({ serviceUser });
    expect(await backend.findByName("kubernetes-auth")).toMatchObject({ subject: ids.service });
    await backend.close();
  });

  test("gets another token when Keystone takes the old one no more", async () => {
    const backend = backendOf();
    expect(await backend.find(ids.service)).toMatchObject({ username: "kubernetes-auth" });
    await keystone.forgetTokens();
    clock += PLACES_FORGOTTEN_MILLISECONDS;
    const found = await Promise.all([backend.find(ids.service), backend.find(ids.service)]);
    expect(found.map((identity) => identity?.username)).toEqual(["kubernetes-auth", "kubernetes-auth"]);
    await backend.close();
  });

  test("that may not look users up makes the back-end unavailable, as does a wrong password", async () => {
    await user("powerless", SERVICE_PASSWORD);
    const powerless = backendOf({ serviceUser: { username: "powerless", password: { env: "P" } } });
    await expect(powerless.find(ids.service)).rejects.toBeInstanceOf(BackendUnavailableError);
    await powerless.close();
    const mistaken = backendOf({}, "wrong-pass");
    await expect(mistaken.ping()).rejects.toThrow("Keystone refuses the service user");
    await mistaken.close();
  });
});

describe("Keystone", () => {
  test("is refused when its certificate is not of the authority", async () => {
    const settings = keystoneSettings.parse({
      type: "keystone",
      url: keystone.url,
      serviceUser: { username: "kubernetes-auth", password: { env: "P" } },
    });
    const backend = new KeystoneBackend({ settings, servicePassword: SERVICE_PASSWORD, now: Date.now });
    await expect(backend.ping()).rejects.toThrow(/Keystone: POST \/auth\/tokens: .*certificate/);
    await backend.close();
  });

  describe.each([
    ["stopped", () => keystone.pause()],
    ["killed", () => keystone.kill()],
  ])("that is %s", (_, interrupt) => {
    test.each(["with", "without"])("is unavailable within its time, %s a token, and recovers", async (token) => {
      const backend = backendOf({ timeoutSeconds: TIMEOUT_SECONDS });
      if (token === "with") await eventually(() => backend.ping());
      await interrupt();
      try {
        for (const ask of [
          () => backend.find(ids.service, { project: ids.project }),
          () => backend.findByName("alice"),
          () => backend.signIn({ type: "password", username: "alice", password: "x" }),
          () => backend.signIn({ type: "application-credential", id: "0123", secret: "x" }),
          () => {
            clock += PLACES_FORGOTTEN_MILLISECONDS;
            return backend.ping();
          },
        ]) {
          const start = performance.now();
          await expect(ask()).rejects.toBeInstanceOf(BackendUnavailableError);
          expect(performance.now() - start).toBeLessThan(TIMEOUT_SECONDS * 1000 + 500);
        }
      } finally {
        await keystone.resume();
      }
      expect(await eventually(() => backend.find(ids.service))).toMatchObject({ username: "kubernetes-auth" });
      await backend.close();
    });
  });

  test("is served stale while it is down, then refused", async () => {
    const backend = backendOf();
    let now = 0;
    const limits = { freshSeconds: 60, staleSeconds: 600, capacity: 10 };
    const directory = new IdentityDirectory({ backend, now: () => now, ...limits });
    const scope = { project: ids.project };
    expect(await directory.find(ids.service, scope)).toMatchObject({ username: "kubernetes-auth" });
    await keystone.kill();
    now = 599_000;
    expect(await directory.find(ids.service, scope)).toMatchObject({ username: "kubernetes-auth" });
    await expect(directory.find(ids.service)).rejects.toBeInstanceOf(BackendUnavailableError);
    now = 600_000;
    await expect(directory.find(ids.service, scope)).rejects.toBeInstanceOf(BackendUnavailableError);
    await keystone.resume();
    expect(await directory.find(ids.service, scope)).toMatchObject({ username: "kubernetes-auth" });
    await backend.close();
  });
});
