import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { sha256Of, verifiedDefinitions } from "../../../charts/crds/definitions-folder.js";
import { UserError } from "../../../src/lib/user-error.js";
import { sampleFiles, sampleTexts, TemporaryFolder } from "./definition-samples.js";

let folder: TemporaryFolder;

beforeEach(() => {
  folder = new TemporaryFolder();
});

afterEach(() => {
  folder.remove();
});

describe("a folder of definitions", () => {
  it("is read when every file is what the lock says", async () => {
    folder.fill();
    const verified = await verifiedDefinitions(folder.path, sampleFiles);
    expect(verified.map(({ text }) => text)).toEqual(Object.values(sampleTexts));
    expect(verified.map(({ path }) => path)).toEqual([
      join(folder.path, "samples/1.2.3/widgets.yaml"),
      join(folder.path, "samples/1.2.3/v2/gadgets.yaml"),
    ]);
  });

  it("fails for one file among many", async () => {
    folder.fill();
    folder.write("v2/gadgets.yaml", "");
    await expect(verifiedDefinitions(folder.path, sampleFiles)).rejects.toThrow("v2/gadgets.yaml has sha256 e3b0c442");
  });

  it("fails when files are missing or others, with every one, both sums and what to do", async () => {
    const changed = `${String(sampleTexts["widgets.yaml"])}# changed\n`;
    const path = folder.write("widgets.yaml", changed);
    const failure: unknown = await verifiedDefinitions(folder.path, sampleFiles).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    const { message, remedy } = failure as UserError;
    expect(message.split("\n")).toEqual([
      `${path} has sha256 ${sha256Of(changed)}, expected ${String(sampleFiles[0]?.sha256)}`,
      `${join(folder.path, "samples/1.2.3/v2/gadgets.yaml")} is missing`,
    ]);
    expect(remedy).toContain("fetch --to");
  });
});
