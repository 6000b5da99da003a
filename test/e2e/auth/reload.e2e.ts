import { setTimeout as delay } from "node:timers/promises";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { AuthService } from "../support/auth-service.js";
import { eventually } from "../support/eventually.js";

const OLD = "the-old-token-of-administrators";
const NEW = "the-new-token-of-administrators";

let folder: string;
let service: AuthService;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kaas-auth-reload-"));
  writeFileSync(join(folder, "admin-token"), OLD);
  service = await AuthService.start({ settings: settings({ denied: "secrets" }) });
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

function settings({ denied, warningDays = 30 }: { readonly denied: string; readonly warningDays?: number }): string {
  return `
adminToken: {file: ${join(folder, "admin-token")}}
tokens: {warningDays: ${warningDays}}
authorization: {deny: [{reason: not here, resources: [${denied}]}]}
`;
}

const configuration = () => join(service.folder, "config.yaml");
/** What is asked of the service beside its settings stays: its address and its store. */
function rewrite(changed: string): void {
  const fixed = readFileSync(configuration(), "utf8").split("\n").slice(0, 2);
  writeFileSync(configuration(), [...fixed, changed].join("\n"));
}

const told = (text: string) => service.output.split("\n").filter((line) => line.includes(text));
/** Resolves when the service has said once more what it made of its configuration. */
async function reload(outcome: string): Promise<void> {
  const before = told(outcome).length;
  service.signal("SIGHUP");
  await eventually(() => {
    expect(told(outcome)).toHaveLength(before + 1);
    return Promise.resolve();
  });
}
const READ = "the configuration was read again";
const REFUSED = "the configuration has mistakes: the old one stays";

async function statusAs(token: string): Promise<number> {
  const answer = await fetch(`${service.url}/users`, { headers: { "x-auth-token": token } });
  await answer.text();
  return answer.status;
}

async function isDenied(resource: string): Promise<boolean> {
  const spec = { user: "alice", resourceAttributes: { verb: "get", resource, namespace: "team" } };
  const answer = await service.call<{ status: { denied?: boolean } }>("POST", "/authorize", { spec }, "nobody");
  return answer.status.denied ?? false;
}

/** What the service goes by. */
const inForce = async () => ({
  old: await statusAs(OLD),
  new: await statusAs(NEW),
  secrets: await isDenied("secrets"),
  pods: await isDenied("pods"),
});
const BEFORE = { old: 200, new: 401, secrets: true, pods: false };
const AFTER = { old: 401, new: 200, secrets: false, pods: true };

describe("a configuration that is read again at SIGHUP", () => {
  test("is not read before", async () => {
    expect(await inForce()).toEqual(BEFORE);
    writeFileSync(join(folder, "admin-token"), NEW);
    rewrite(settings({ denied: "pods", warningDays: 300 }));
    await delay(1000);
    expect(await inForce()).toEqual(BEFORE);
  });

  test("changes the administrators' token, the deny rules and the time of warnings, and cuts off nobody", async () => {
    const user = await service.call<{ id: string }>("POST", "/users", { username: "alice" }, OLD);
    const expiry = new Date(Date.now() + 200 * 24 * 60 * 60 * 1000).toISOString();
    const made = await service.call<{ token: string }>("POST", "/tokens", { user_id: user.id, expiry }, OLD);
    const review = async () => {
      const asked = { spec: { token: made.token } };
      return (await service.call<{ status: object }>("POST", "/authenticate/token", asked, "nobody")).status;
    };
    const { pid } = service;
    let isOver = false;
    const isDone = () => isOver;
    const load = (async () => {
      const answers = [];
      while (!isDone()) answers.push(await review());
      return answers;
    })();
    expect(await service.call("GET", "/tokens", undefined, OLD)).toEqual([
      expect.not.objectContaining({ warning: expect.anything() }),
    ]);
    await reload(READ);
    expect(await inForce()).toEqual(AFTER);
    expect(await service.call("GET", "/tokens", undefined, NEW)).toMatchObject([{ warning: "it expires in 200 days" }]);
    isOver = true;
    const answers = await load;
    expect(answers.length).toBeGreaterThan(10);
    for (const answer of answers) expect(answer).toMatchObject({ authenticated: true });
    expect(service.pid).toBe(pid);
  });

  test.each([
    ["has a field that there is not", () => "authorisation: {deny: []}", "authorisation"],
    ["is no YAML", () => "authorization: {deny: [", "is not YAML"],
    ["has rules that are none", () => "authorization: {deny: [{resources: [pods]}]}", "reason"],
    ["names a file of a token that there is not", () => "adminToken: {file: no-such-file}", "no-such-file"],
  ])("stays as it was when the new one %s", async (_, mistaken, named) => {
    rewrite(mistaken());
    await reload(REFUSED);
    expect(told(REFUSED).at(-1)).toContain('"level":"error"');
    expect(told(REFUSED).at(-1)).toContain(named);
    expect(await inForce()).toEqual(AFTER);
    expect(service.hasEnded).toBe(false);
  });

  test("stays when its file is gone, and is taken once it is right again", async () => {
    rmSync(configuration());
    await reload(REFUSED);
    expect(await inForce()).toEqual(AFTER);
    writeFileSync(configuration(), `listen: ${service.address.host}:${service.address.port}\nstore: {type: sqlite}\n`);
    writeFileSync(join(folder, "admin-token"), "");
    rewrite(settings({ denied: "secrets" }));
    await reload(REFUSED);
    expect(await inForce()).toEqual(AFTER);
    writeFileSync(join(folder, "admin-token"), OLD);
    await reload(READ);
    expect(await inForce()).toEqual(BEFORE);
  });
});
