import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { verifiedDefinitions } from "../../../charts/crds/definitions-folder.js";
import { download, DownloadError, downloadDefinitions } from "../../../charts/crds/download.js";
import { allDefinitionFiles } from "../../../charts/crds/lock.js";
import { sampleLock, sampleTexts, TemporaryFolder } from "./definition-samples.js";

let folder: TemporaryFolder;
let server: Server | undefined;

beforeEach(() => {
  folder = new TemporaryFolder();
});

afterEach(() => {
  folder.remove();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** @returns the address of an upstream that answers so */
async function upstream(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

/** Answers with the samples, and keeps account of what it was asked. */
function samples(asked: string[] = []): RequestListener {
  return ({ url = "" }, response) => {
    asked.push(url);
    const text = sampleTexts[url.replace("/v1.2.3/", "")];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  };
}

async function failureOf(outcome: Promise<unknown>): Promise<string> {
  const failure: unknown = await outcome.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(DownloadError);
  return (failure as DownloadError).message;
}

describe("downloading definitions", () => {
  it("fills a folder, and says what arrived", async () => {
    const files = allDefinitionFiles(sampleLock(await upstream(samples())));
    const arrived: string[] = [];
    await downloadDefinitions(folder.path, files, { report: (line) => arrived.push(line) });
    expect(await verifiedDefinitions(folder.path, files)).toHaveLength(2);
    expect(arrived.sort()).toEqual(["samples/1.2.3/v2/gadgets.yaml", "samples/1.2.3/widgets.yaml"]);
  });

  it("asks only for what is missing or another than the lock says", async () => {
    const asked: string[] = [];
    const files = allDefinitionFiles(sampleLock(await upstream(samples(asked))));
    folder.fill();
    await downloadDefinitions(folder.path, files);
    expect(asked).toEqual([]);
    const path = folder.write("widgets.yaml", "damaged");
    await downloadDefinitions(folder.path, files);
    expect(asked).toEqual(["/v1.2.3/widgets.yaml"]);
    expect(readFileSync(path, "utf8")).toBe(sampleTexts["widgets.yaml"]);
  });

  it("fails when upstream has another text, and leaves nothing of it", async () => {
    const base = await upstream((_, response) => response.end("another text"));
    const [file] = allDefinitionFiles(sampleLock(base));
    if (file === undefined) throw new Error("the sample has no file");
    const message = await failureOf(downloadDefinitions(folder.path, [file]));
    expect(message).toMatch(new RegExp(`^${file.url} has sha256 [0-9a-f]{64}, expected ${file.sha256}$`));
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it("fails with every file that cannot be had, and keeps those that can", async () => {
    const base = await upstream((request, response) => {
      if (request.url === "/v1.2.3/widgets.yaml") samples()(request, response);
      else response.writeHead(503).end();
    });
    const lock = sampleLock(base);
    const message = await failureOf(downloadDefinitions(folder.path, allDefinitionFiles(lock)));
    expect(message).toBe(`${base}/v1.2.3/v2/gadgets.yaml answered 503 Service Unavailable`);
    expect(existsSync(join(folder.path, "samples/1.2.3/widgets.yaml"))).toBe(true);
  });

  it("fails when nobody listens, with the reason", async () => {
    const base = await upstream(samples());
    await new Promise((resolve) => server?.close(resolve));
    expect(await failureOf(download(`${base}/v1.2.3/widgets.yaml`))).toContain("ECONNREFUSED");
  });

  it("fails when upstream stops in the middle", async () => {
    const base = await upstream((_, response) => response.write("half"));
    expect(await failureOf(download(`${base}/slow`, { timeoutSeconds: 0.2 }))).toBe(
      `${base}/slow could not be read: The operation was aborted due to timeout`,
    );
  });
});
