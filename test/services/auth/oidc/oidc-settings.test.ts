import { describe, expect, test } from "@jest/globals";
import { UserError } from "../../../../src/lib/user-error.js";
import { parseSettings } from "../../../../src/services/auth/settings-file.js";
import { freePort } from "./issuer-under-test.js";
import { ServiceUnderTest } from "../server/service-under-test.js";

const CLIENT = "{id: web, name: Web, secret: {env: WEB}, redirectUris: [https://app.example.com/callback]}";
const section = ({ issuer = "https://auth.example.com", clients = CLIENT, more = "" } = {}) =>
  `oidc: {issuer: "${issuer}", encryptionKey: {env: KEY}, clients: [${clients}]${more}}`;
const mistakesOf = (yaml: string): string => {
  try {
    parseSettings(yaml, "config.yaml");
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
};
const client = (fields: string) => mistakesOf(section({ clients: `{id: web, name: Web, ${fields}}` }));

describe("settings of the issuer", () => {
  test("have defaults", () => {
    expect(parseSettings(section(), "config.yaml").oidc).toMatchObject({
      clients: [{ deviceFlow: false, audiences: [], postLogoutRedirectUris: [] }],
      lifetimes: {
        ...{ sessionSeconds: 43_200, idTokenSeconds: 900, accessTokenSeconds: 900 },
        ...{ refreshTokenSeconds: 86_400, grantSeconds: 604_800 },
      },
      signingKeys: { lifetimeDays: 30, publishedAheadHours: 24 },
    });
    expect(parseSettings("", "config.yaml").oidc).toBeUndefined();
  });

  test.each([
    "https://auth.example.com",
    "https://auth.example.com:8443",
    "http://127.0.0.1:8080",
    "http://[::1]:1",
    "http://localhost:1",
  ])("take the issuer %s", (issuer) => {
    expect(mistakesOf(section({ issuer }))).toBe("");
  });

  test.each([
    ...[
      "https://auth.example.com/",
      "https://auth.example.com/auth",
      "https://auth.example.com?x",
      "https://AUTH.example.com",
    ],
    ...[
      "http://auth.example.com",
      "https://user@auth.example.com",
      "https://auth.example.com:443",
      "auth.example.com",
      "",
      "ftp://localhost",
    ],
  ])("refuse the issuer %j", (issuer) => {
    expect(mistakesOf(section({ issuer }))).toContain("oidc.issuer: must be https://<host> without path");
  });

  test.each([
    ...["https://app.example.com/callback", "https://app.example.com", "http://localhost:8000", "http://127.0.0.1/x"],
    ...["http://[::1]:8000/x?y=z"],
  ])("take the address %s of a client", (uri) => {
    expect(client(`secret: {env: X}, redirectUris: ["${uri}"]`)).toBe("");
  });

  test.each([
    ...[
      "http://app.example.com/callback",
      "https://app.example.com/#x",
      "https://*.example.com/",
      "javascript:alert(1)",
    ],
    ...[
      "https://user:password@app.example.com/",
      "data:text/html,x",
      "myapp:/x",
      "/callback",
      "https://app.example.com/ x",
    ],
  ])("refuse the address %s of a client", (uri) => {
    expect(client(`secret: {env: X}, redirectUris: ["${uri}"]`)).toContain(
      "oidc.clients.0.redirectUris.0: must be an https://",
    );
    expect(
      client(`secret: {env: X}, redirectUris: [https://a.example.com], postLogoutRedirectUris: ["${uri}"]`),
    ).toContain("oidc.clients.0.postLogoutRedirectUris.0: ");
    expect(client(`secret: {env: X}, redirectUris: [https://a.example.com], backchannelLogoutUri: "${uri}"`)).toContain(
      "oidc.clients.0.backchannelLogoutUri: ",
    );
  });

  test("take a scheme of its own for a public client alone", () => {
    expect(client(`public: true, redirectUris: ["com.example.app:/x"]`)).toBe("");
    expect(client(`secret: {env: X}, redirectUris: ["com.example.app:/x"]`)).toContain(
      "redirectUris: a scheme of its own",
    );
    expect(client(`public: true, redirectUris: ["https://localhost/x"]`)).toContain(
      "redirectUris: programs on users' machines",
    );
  });

  test.each([
    [
      "neither secret nor public",
      "redirectUris: [https://a.example.com]",
      "oidc.clients.0.secret: give a secret, or public: true",
    ],
    [
      "both of them",
      "secret: {env: X}, public: true, deviceFlow: true",
      "oidc.clients.0.secret: give a secret, or public: true",
    ],
    ["the secret itself", "secret: hunter2hunter2, deviceFlow: true", "oidc.clients.0.secret: "],
    ["no way to sign in", "public: true", "oidc.clients.0.redirectUris: give one, or deviceFlow: true"],
    [
      "a field that there is not",
      "public: true, deviceFlow: true, implicit: true",
      "oidc.clients.0.implicit: there is no such field",
    ],
  ])("name a client with %s", (_name, fields, message) => {
    expect(client(fields)).toContain(message);
    expect(client(fields)).not.toContain("hunter2");
  });

  test("name clients of one id, an id that is none, and a key that is never replaced in time", () => {
    expect(mistakesOf(section({ clients: `${CLIENT}, ${CLIENT}` }))).toContain(
      "oidc.clients.1.id: there are two clients web",
    );
    expect(mistakesOf(section({ clients: CLIENT.replace("id: web", 'id: "a b"') }))).toContain(
      "oidc.clients.0.id: must be",
    );
    const more = ", signingKeys: {lifetimeDays: 1, publishedAheadHours: 24}";
    expect(mistakesOf(section({ more }))).toContain(
      "oidc.signingKeys.publishedAheadHours: must be shorter than the lifetime",
    );
  });
});

describe("secrets of the issuer", () => {
  const start = async (environment: Readonly<Record<string, string>>) => {
    const port = await freePort();
    await (
      await ServiceUnderTest.start(section({ issuer: `http://127.0.0.1:${port}` }), { port, environment })
    ).close();
  };
  const KEY = "x".repeat(32);

  test.each([
    [{ WEB: "x".repeat(16) }, /^oidc\.encryptionKey: the environment variable KEY is not set/],
    [{ KEY: "short", WEB: "x".repeat(16) }, /^oidc\.encryptionKey: has fewer than 32 characters/],
    [{ KEY }, /^oidc\.clients\.0\.secret: the environment variable WEB is not set/],
    [{ KEY, WEB: "fifteen letters" }, /^oidc\.clients\.0\.secret: has fewer than 16 characters/],
  ])("%j are told by their fields", async (environment, message) => {
    await expect(start(environment)).rejects.toThrow(message);
  });

  test("that are long enough do", async () => {
    await expect(start({ KEY, WEB: "x".repeat(16) })).resolves.toBeUndefined();
  });
});
