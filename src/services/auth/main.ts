// The service's process: flags, environment and signals end here.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import { UserError } from "../../lib/user-error.js";
import { Application } from "./application.js";
import { HELP, parseFlags, type Flags } from "./flags.js";
import { openBackend } from "./identity/open-backend.js";
import { makeAudit, makeLogger, standardOutput } from "./log.js";
import { buildServer } from "./server.js";
import type { ReloadableSettings } from "./services.js";
import { parseSettings, readFile, readSecret, readSettings, type LoadedSettings } from "./settings-file.js";
import { openStore, takeBackMigrations, type StoreLocation } from "./store/open-store.js";
import { StoreUnavailableError } from "./store/store.js";

const USER_MISTAKE = 2;
const FAILURE = 1;
const DEFAULT_CONFIG = "config.yaml";
const ADMIN_TOKEN_VARIABLE = "KUBERNETES_AUTH_ADMIN_TOKEN";
const ADMIN_TOKEN_BYTES = 32;
/** Open requests are waited for; Kubernetes kills after 30 seconds. */
const SHUTDOWN_MILLISECONDS = 20_000;

/** Folder of what the user's programs keep. Source: specifications.freedesktop.org/basedir-spec */
const dataFolder = () => join(process.env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "kubernetes-auth");

function loadSettings({ configFile }: Flags): LoadedSettings {
  if (configFile !== undefined) return readSettings(configFile);
  if (existsSync(DEFAULT_CONFIG)) return readSettings(DEFAULT_CONFIG);
  return { settings: parseSettings("", DEFAULT_CONFIG), folder: process.cwd() };
}

/** Of the flag, the configuration, the environment; of a file that is made when there is none. */
function adminTokenOf({ adminToken }: Flags, { settings, folder }: LoadedSettings): string {
  if (adminToken !== undefined && adminToken !== "") return adminToken;
  if (settings.adminToken !== undefined) {
    return readSecret(settings.adminToken, "adminToken", { folder, environment: process.env });
  }
  const fromEnvironment = process.env[ADMIN_TOKEN_VARIABLE];
  if (fromEnvironment !== undefined && fromEnvironment !== "") return fromEnvironment;
  const file = join(dataFolder(), "admin-token");
  if (!existsSync(file)) {
    mkdirSync(dataFolder(), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(ADMIN_TOKEN_BYTES).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    process.stderr.write(`kubernetes-auth: a token for administrators is in ${file}\n`);
  }
  return readFileSync(file, "utf8").trim();
}

function storeLocation({ settings: { store }, folder }: LoadedSettings): StoreLocation {
  if (store.type === "postgres") {
    const url = readSecret(store.url, "store.url", { folder, environment: process.env });
    if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
      throw new UserError(
        "store.url: is no address of PostgreSQL",
        "write it as postgres://user:password@host/database",
      );
    }
    return { type: "postgres", url, connections: store.connections };
  }
  if (store.path !== undefined) return { type: "sqlite", path: resolve(folder, store.path) };
  mkdirSync(dataFolder(), { recursive: true, mode: 0o700 });
  return { type: "sqlite", path: join(dataFolder(), "store.sqlite") };
}

async function start(flags: Flags): Promise<void> {
  const loaded = loadSettings(flags);
  const { settings, folder } = loaded;
  const reloadable = (from: LoadedSettings): ReloadableSettings => ({
    adminTokens: [adminTokenOf(flags, from)],
    denyRules: from.settings.authorization.deny,
    warningDays: from.settings.tokens.warningDays,
  });
  let current = reloadable(loaded);
  const [host, port] = addressOf(settings.listen);
  if (settings.tls === undefined && !isLoopback(host)) {
    throw new UserError(`listen: ${settings.listen} is no loopback address, and there is no tls`, "give a certificate");
  }
  const tls = settings.tls && {
    cert: readFile(settings.tls.certificate, "tls.certificate", folder),
    key: readFile(settings.tls.key, "tls.key", folder),
    ...(settings.tls.clientAuthority !== undefined && {
      ca: readFile(settings.tls.clientAuthority, "tls.clientAuthority", folder),
    }),
  };

  const output = standardOutput();
  process.on("exit", () => {
    output.flushSync();
  });
  const logger = makeLogger(flags.logLevel, output);
  const store = await openStore(storeLocation(loaded));
  const backend = openBackend({
    identity: settings.identity,
    localUsers: store.localUsers,
    secretOf: (reference, field) => readSecret(reference, field, { folder, environment: process.env }),
    textOf: (file, field) => readFile(file, field, folder),
    now: Date.now,
  });
  const application = new Application({
    settings,
    store,
    backend,
    logger,
    audit: makeAudit(output),
    current: () => current,
    now: Date.now,
  });
  const issuer =
    settings.oidc &&
    (await (
      await import("./oidc/issuer.js")
    ).Issuer.open({
      settings: settings.oidc,
      services: application.services,
      logger,
      secretOf: (reference, field) => readSecret(reference, field, { folder, environment: process.env }),
    }));
  const server = await buildServer({
    services: application.services,
    logger,
    version: packageJson.version,
    trustedProxies: settings.trustedProxies,
    ...(tls !== undefined && { tls }),
    ...(issuer !== undefined && { issuer }),
  });
  const address = await server.listen({ host, port });
  process.stderr.write(`kubernetes-auth: ready on ${address}\n`);

  process.on("SIGHUP", () => {
    try {
      current = reloadable(loadSettings(flags));
      logger.info("the configuration was read again: administrators' token, deny rules and warnings");
    } catch (error) {
      logger.error({ err: error }, "the configuration has mistakes: the old one stays");
    }
  });
  const stop = async (signal: string) => {
    logger.info({ signal }, "ending");
    setTimeout(() => process.exit(FAILURE), SHUTDOWN_MILLISECONDS).unref();
    await server.close();
    issuer?.close();
    await application.close();
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, (name: string) => void stop(name));
}

async function migrateDown(flags: Flags, last: string): Promise<void> {
  const names = await takeBackMigrations(storeLocation(loadSettings(flags)), last);
  for (const name of names) process.stdout.write(`${name} is taken back\n`);
  process.stdout.write(`the last migration of the store is ${last}\n`);
}

function addressOf(listen: string): readonly [string, number] {
  const separator = listen.lastIndexOf(":");
  return [listen.slice(0, separator).replace(/^\[|\]$/g, ""), Number(listen.slice(separator + 1))];
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

try {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.help) process.stdout.write(HELP);
  else if (flags.version) process.stdout.write(`${packageJson.version}\n`);
  else if (flags.migrateDownTo !== undefined) await migrateDown(flags, flags.migrateDownTo);
  else await start(flags);
} catch (error) {
  if (error instanceof UserError) {
    process.stderr.write(
      `kubernetes-auth: ${error.message}\n${error.remedy === undefined ? "" : `  ${error.remedy}\n`}`,
    );
    process.exitCode = USER_MISTAKE;
  } else if (error instanceof StoreUnavailableError || (error as NodeJS.ErrnoException).code === "EADDRINUSE") {
    process.stderr.write(`kubernetes-auth: ${(error as Error).message}\n`);
    process.exitCode = FAILURE;
  } else throw error;
}
