import { describe, expect, it } from "@jest/globals";
import { allDefinitionFiles, definitionsLock } from "../../../charts/crds/lock.js";

const files = allDefinitionFiles();

describe("the lock of custom resource definitions", () => {
  it.each(files)("pins $path to a release's text", ({ bundle, name, url, sha256 }) => {
    const { version } = definitionsLock[bundle as keyof typeof definitionsLock];
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(new URL(url).protocol).toBe("https:");
    expect(url.split("/")).toContain(`v${version}`);
    expect(url.endsWith(`/${name}`)).toBe(true);
    expect(url).not.toMatch(/[{}]/);
  });

  it.each(files)("has $definition as its file is named", ({ name, definition }) => {
    const [plural = "", ...group] = definition.split(".");
    expect(name.split("/").at(-1)).toBe(`${group.join(".")}_${plural}.yaml`);
  });

  it("has no definition, and no content, twice", () => {
    expect(new Set(files.map(({ definition }) => definition)).size).toBe(files.length);
    expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(files.length);
  });
});
