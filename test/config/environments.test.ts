import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { listEnvironments, loadEnvironment, resolveEnvironment } from "../../src/config/environments.js";
import { UserError } from "../../src/lib/user-error.js";
import { smallestOpenStack } from "../support/bootstraps.js";

let root = "";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "kaas-environments-"));
  for (const folder of ["environments/demo", "environments/alpha", "environments/notes", "elsewhere"]) {
    mkdirSync(join(root, folder), { recursive: true });
    if (folder.endsWith("notes")) continue;
    writeFileSync(join(root, folder, "bootstrap.yaml"), stringify(smallestOpenStack));
  }
  writeFileSync(join(root, "environments/README.md"), "");
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function refusal(nameOrPath: string): UserError {
  try {
    resolveEnvironment(root, nameOrPath);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("resolved");
}

describe("listing environments", () => {
  it("finds the folders with a bootstrap.yaml, sorted", () => {
    expect(listEnvironments(root).map(({ name }) => name)).toEqual(["alpha", "demo"]);
  });

  it("finds none where there is no folder environments/", () => {
    expect(listEnvironments(join(root, "elsewhere"))).toEqual([]);
  });
});

describe("resolving an environment", () => {
  const expected = () => ({
    name: "demo",
    directory: join(root, "environments/demo"),
    file: join(root, "environments/demo/bootstrap.yaml"),
  });

  it("takes a name", () => {
    expect(resolveEnvironment(root, "demo")).toEqual(expected());
  });

  it("takes the path of the file and of its folder", () => {
    expect(resolveEnvironment(root, join(root, "environments/demo"))).toEqual(expected());
    expect(resolveEnvironment(root, join(root, "environments/demo/bootstrap.yaml"))).toEqual(expected());
  });

  it("fails on an unknown name, naming those that exist and the nearest", () => {
    expect(refusal("dmo")).toMatchObject({
      message: "there is no environment dmo",
      remedy: "did you mean demo? (those that exist: alpha, demo)",
    });
    expect(refusal("production").remedy).toBe("those that exist: alpha, demo");
  });

  it("fails on a folder without the file", () => {
    expect(refusal(join(root, "environments/notes")).message).toContain("there is no bootstrap.yaml in");
  });
});

describe("loading an environment", () => {
  it("accepts a cluster that its folder is named for", () => {
    expect(loadEnvironment(resolveEnvironment(root, "demo"))).toMatchObject({ ok: true });
  });

  it("fails when the cluster has another name than its folder", () => {
    const result = loadEnvironment(resolveEnvironment(root, "alpha"));
    expect(result).toMatchObject({
      ok: false,
      diagnostics: [{ path: ["cluster", "name"], value: "demo", expected: "alpha", position: { line: 3, column: 3 } }],
    });
  });

  it("accepts any name in a folder that is not below environments/", () => {
    expect(loadEnvironment(resolveEnvironment(root, join(root, "elsewhere")))).toMatchObject({ ok: true });
  });

  it("fails with a user's error, not a stack trace, when the file is gone", () => {
    const gone = { name: "gone", directory: root, file: join(root, "gone.yaml") };
    expect(() => loadEnvironment(gone)).toThrow(UserError);
  });
});
