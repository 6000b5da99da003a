import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { UserError } from "../../../../src/lib/user-error.js";
import { parseSettings, readSecret, readSettings } from "../../../../src/services/auth/settings-file.js";
import { settingsSchema } from "../../../../src/services/auth/settings.js";

const EXAMPLE = "../../../../src/services/auth/config-example.yaml";

const mistakesOf = (yaml: string): string => {
  try {
    parseSettings(yaml, "config.yaml");
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  return "";
};

describe("the configuration", () => {
  test("may be empty", () => {
    expect(parseSettings("", "config.yaml")).toMatchObject({
      listen: "127.0.0.1:8080",
      store: { type: "sqlite" },
      identity: { type: "local" },
      identityCache: { freshSeconds: 60, staleSeconds: 3600 },
      tokens: { defaultLifetimeDays: 365, maxLifetimeDays: 365, warningDays: 30, keepDays: 30 },
      sessions: { lifetimeSeconds: 3600 },
      audiences: [],
      authorization: { deny: [] },
    });
  });

  test("has an example that is sound, shows every section, and whose lines that are commented out are sound too", () => {
    const example = readFileSync(join(import.meta.dirname, EXAMPLE), "utf8");
    const shown = parse(example) as Record<string, unknown>;
    expect(Object.keys(shown).sort()).toEqual(Object.keys(settingsSchema.shape).sort());
    expect(mistakesOf(example)).toBe("");
    const lines = example.split("\n").filter((line) => line.startsWith("# identity:") || line.startsWith("#   "));
    const ldap = lines.map((line) => line.slice(2)).join("\n");
    expect(parseSettings(ldap, "config.yaml").identity.type).toBe("ldap");
  });

  test("has every mistake told at once, with its place", () => {
    const told = mistakesOf(`
listen: nowhere
store: {type: postgres, url: postgres://user:password@host/db}
tokens: {maxLifetimeDays: 0, warningDays: many}
sessions: {lifetimeSeconds: 1}
authorization: {deny: [{users: [alice]}]}
`);
    expect(told).toMatch(/^config\.yaml has 6 mistakes\n/);
    for (const place of [
      "listen",
      "store.url",
      "tokens.maxLifetimeDays",
      "tokens.warningDays",
      "sessions.lifetimeSeconds",
      "authorization.deny.0.reason",
    ]) {
      expect(told).toContain(`\n  ${place}: `);
    }
  });

  test("has an unknown field told with the one that was meant", () => {
    expect(mistakesOf("identiy: {type: local}")).toContain("identiy: there is no such field; did you mean identity?");
    expect(mistakesOf("tokens: {maxLifetime: 3}")).toContain("tokens.maxLifetime: there is no such field");
  });

  test.each(["listen", "127.0.0.1", "127.0.0.1:", "127.0.0.1:port", "::1:80", "[::1]"])(
    "refuses to listen on %s",
    (listen) => {
      expect(mistakesOf(`listen: "${listen}"`)).toContain("listen: must be <address>:<port>");
    },
  );

  test.each(["127.0.0.1:0", "[::1]:8443", "0.0.0.0:8443", "localhost:80"])("listens on %s", (listen) => {
    expect(parseSettings(`listen: "${listen}"`, "config.yaml").listen).toBe(listen);
  });

  test.each(["a: [", "a: 1\na: 2", "\tlisten: x"])("that is no YAML is told: %j", (text) => {
    expect(mistakesOf(text)).toContain("config.yaml is not YAML: ");
  });

  test("refuses what is no mapping", () => {
    for (const text of ["[]", "text", "5"]) expect(mistakesOf(text)).not.toBe("");
  });

  test("holds no secret itself", () => {
    expect(mistakesOf("adminToken: s3cr3t")).toContain("adminToken: ");
    expect(mistakesOf("adminToken: s3cr3t")).not.toContain("s3cr3t");
  });
});

describe("a file of the configuration", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kaas-settings-"));
    writeFileSync(join(folder, "config.yaml"), "listen: 127.0.0.1:9000\n");
    writeFileSync(join(folder, "token"), "  from-the-file\n");
    writeFileSync(join(folder, "empty"), "\n");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const secret = (reference: { env: string } | { file: string }) =>
    readSecret(reference, "adminToken", { folder, environment: { TOKEN: "from-the-environment", EMPTY: "" } });

  test("is read, and paths in it start from its folder", () => {
    expect(readSettings(join(folder, "config.yaml"))).toMatchObject({ folder, settings: { listen: "127.0.0.1:9000" } });
    expect(secret({ file: "token" })).toBe("from-the-file");
    expect(secret({ file: join(folder, "token") })).toBe("from-the-file");
    expect(secret({ env: "TOKEN" })).toBe("from-the-environment");
  });

  test("is named when it is not there", () => {
    expect(() => readSettings(join(folder, "other.yaml"))).toThrow(/cannot read .*other\.yaml \(ENOENT\)/);
  });

  test.each([[{ env: "MISSING" }], [{ env: "EMPTY" }], [{ file: "missing" }], [{ file: "empty" }]])(
    "has a secret that must be there: %j",
    (reference) => {
      expect(() => secret(reference)).toThrow(/^adminToken: /);
    },
  );
});
