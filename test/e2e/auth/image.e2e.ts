import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import packageJson from "../../../package.json" with { type: "json" };
import { AuthService } from "../support/auth-service.js";
import { Container, type ContainerProps } from "../support/container.js";
import { eventually } from "../support/eventually.js";
import { type Image, ImageStore } from "../support/image-store.js";
import { freePort, HOST } from "../support/loopback-server.js";

const BASE = "localhost/node:1";
const NAME = `localhost/kubernetes-auth:${packageJson.version}`;
const USER = 65532;
const ADMIN_TOKEN = "the-administrators-token-of-these-tests";

/** The Node that images are based on. */
function nodeOfBase(): string {
  const file = process.env["KAAS_IMAGE_NODE"];
  if (file === undefined) throw new Error("KAAS_IMAGE_NODE is not set: run test/e2e/setup.sh auth");
  return file;
}

const store = ImageStore.open();
let image: Image;
let context: string;
/** The image's files. */
let files: string;
let port: number;
/** What a pod mounts: its configuration and its volume. */
let configuration: string;
let state: string;
let running: Container[] = [];

beforeAll(async () => {
  await store.makeBase(BASE, nodeOfBase());
  context = await store.make({ BASE, SOURCE: "https://git.example.com/kaas" });
  image = await store.inspect(NAME);
  files = await store.mount(NAME);
  port = await freePort();
  configuration = mkdtempSync(join(tmpdir(), "kaas-auth-configuration-"));
  writeFileSync(join(configuration, "config.yaml"), `listen: ${HOST}:${port}\n`);
  state = mkdtempSync(join(tmpdir(), "kaas-auth-state-"));
  for (const folder of [configuration, state]) chownSync(folder, USER, USER);
});
afterEach(async () => {
  for (const container of running) await container.close();
  running = [];
});
afterAll(async () => {
  await store.close();
  for (const folder of [configuration, state]) rmSync(folder, { recursive: true });
});

function start(props: Partial<ContainerProps> = {}): Container {
  const container = Container.start({
    files,
    image: image.config,
    environment: { KUBERNETES_AUTH_ADMIN_TOKEN: ADMIN_TOKEN },
    volumes: {
      "/etc/kubernetes-auth": { folder: configuration, readOnly: true },
      "/var/lib/kubernetes-auth": { folder: state },
    },
    ...props,
  });
  running.push(container);
  return container;
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`http://${HOST}:${port}${path}`, {
    method,
    headers: { "x-auth-token": ADMIN_TOKEN },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text.startsWith("{") ? JSON.parse(text) : text) as T;
}

const ready = (container: Container) =>
  eventually(async () => {
    if (!container.output.includes("kubernetes-auth: ready")) throw new Error(`not ready: ${container.output}`);
    await call("GET", "/readyz");
  });

interface Review {
  readonly status: { readonly authenticated: boolean; readonly user?: { readonly username: string } };
}
const review = (token: string) => call<Review>("POST", "/authenticate/token", { spec: { token } });

test("the image says who it is, and runs Node as a user who is not root", () => {
  const { config, architecture } = image;
  expect(architecture).toBe({ x64: "amd64", arm64: "arm64" }[process.arch as string]);
  expect(config.User).toBe(`${USER}:${USER}`);
  expect(config.Entrypoint).toEqual(["/nodejs/bin/node", "/app/main.js"]);
  expect(Object.keys(config.ExposedPorts)).toEqual(["8443/tcp"]);
  expect(config.Labels).toMatchObject({
    "org.opencontainers.image.version": packageJson.version,
    "org.opencontainers.image.revision": expect.stringMatching(/^[0-9a-f]{40}(-dirty)?$/),
    "org.opencontainers.image.source": "https://git.example.com/kaas",
    "org.opencontainers.image.licenses": "Apache-2.0",
  });
});

test("its own user can write to the folder of its volume, and to no other of the image", () => {
  const owner = (path: string) => statSync(join(files, path)).uid;
  expect(owner("var/lib/kubernetes-auth")).toBe(USER);
  for (const path of ["var", "var/lib", "app", "app/main.js", "app/migrations", "sbom.cdx.json"]) {
    expect([path, owner(path)]).toEqual([path, 0]);
    expect([path, statSync(join(files, path)).mode & 0o022]).toEqual([path, 0]);
  }
});

test("the list of its contents is in it, with the version of Node in its base", () => {
  const text = readFileSync(join(files, "sbom.cdx.json"), "utf8");
  expect(text).toBe(readFileSync(join(context, "sbom.cdx.json"), "utf8"));
  const { components } = JSON.parse(text) as { components: { name: string; version?: string; cpe?: string }[] };
  const node = components.find(({ name }) => name === "node");
  const version = execFileSync(nodeOfBase(), ["--version"], { encoding: "utf8" }).trim().slice(1);
  expect(node).toMatchObject({ version, cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*` });
});

test("read-only and without a capability, it serves reviews, ends by SIGTERM, and knows its tokens afterwards", async () => {
  const first = start();
  await ready(first);
  const status = await first.about("status");
  expect(status).toMatch(new RegExp(`^Uid:(\t${USER}){4}$`, "m"));
  expect(status.match(/^Cap\w+:\t0+$/gm)).toHaveLength(5);
  expect(status).toMatch(/^NoNewPrivs:\t1$/m);
  expect(await first.about("mounts")).toMatch(/^\S+ \/ \S+ ro,/m);

  expect(await call("GET", "/healthz")).toBeTruthy();
  const { id } = await call<{ id: string }>("POST", "/users", { username: "jo@example.com" });
  const { token } = await call<{ token: string }>("POST", "/tokens", { user_id: id });
  expect((await review(token)).status).toMatchObject({ authenticated: true, user: { username: "jo@example.com" } });

  await first.stop();
  expect(await first.exitCode()).toBe(0);

  const second = start();
  await ready(second);
  expect((await review(token)).status).toMatchObject({ authenticated: true, user: { username: "jo@example.com" } });
  expect((await review(`${token.slice(0, -1)}-`)).status.authenticated).toBe(false);
});

test("what it serves is what the sources serve", async () => {
  const container = start();
  await ready(container);
  const service = await AuthService.start();
  try {
    expect(await call("GET", "/openapi.json")).toEqual(await service.call("GET", "/openapi.json"));
  } finally {
    await service.close();
  }
});

test("the issuer, which is loaded only where it is configured, is in it too", async () => {
  const issuer = `http://${HOST}:${port}`;
  const settings = `listen: ${HOST}:${port}\noidc: {issuer: "${issuer}", encryptionKey: {env: ISSUER_KEY}}\n`;
  writeFileSync(join(configuration, "issuer.yaml"), settings);
  const container = start({
    image: { ...image.config, Cmd: ["-config-file", "/etc/kubernetes-auth/issuer.yaml"] },
    environment: { KUBERNETES_AUTH_ADMIN_TOKEN: ADMIN_TOKEN, ISSUER_KEY: "a-key-of-these-tests-alone-0123456789" },
  });
  await ready(container);
  const discovery = await call<{ issuer: string; jwks_uri: string }>("GET", "/.well-known/openid-configuration");
  expect(discovery.issuer).toBe(issuer);
  const { keys } = await call<{ keys: unknown[] }>("GET", new URL(discovery.jwks_uri).pathname);
  expect(keys.length).toBeGreaterThan(0);
});

test("without a configuration it ends, and names what is missing", async () => {
  const container = start({ volumes: {} });
  expect(await container.exitCode()).toBe(2);
  expect(container.output).toContain("cannot read /etc/kubernetes-auth/config.yaml (ENOENT)");
});

test("without a volume it ends, and names the store", async () => {
  const volumes = { "/etc/kubernetes-auth": { folder: configuration, readOnly: true } };
  const container = start({ volumes });
  expect(await container.exitCode()).toBe(1);
  expect(container.output).toMatch(/kubernetes-auth: the store cannot be opened: EROFS/);
});

test("the same sources and the same base give the same image", async () => {
  await store.make({ BASE, SOURCE: "https://git.example.com/kaas" });
  expect((await store.inspect(NAME)).id).toBe(image.id);
});

test("a build fails when there is no such base, and says so", async () => {
  await expect(store.make({ BASE: "localhost/none:1" })).rejects.toThrow(
    /localhost\/none:1[^]*\nbuildah from: ended with/,
  );
});
