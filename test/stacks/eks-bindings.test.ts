import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { projectRoot } from "../support/project.js";

const tsx = join(projectRoot, "node_modules/tsx/dist/cli.mjs");

/** Every script that a synth of an environment loads, by its path from the folder of packages or the checkout. */
function scriptsLoaded(environment: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "kaas-bindings-"));
  try {
    const coverage = join(folder, "coverage");
    execFileSync(process.execPath, [tsx, "src/cli/main.ts", "synth", environment, "--out", join(folder, "out")], {
      cwd: projectRoot,
      // V8's coverage lists every script, however it was imported.
      env: { ...process.env, NODE_OPTIONS: "", NODE_V8_COVERAGE: coverage },
      stdio: "ignore",
    });
    const scripts = readdirSync(coverage)
      .map((file) => JSON.parse(readFileSync(join(coverage, file), "utf8")) as { result: { url: string }[] })
      .flatMap(({ result }) => result.map(({ url }) => url.replace(/\?.*$/, "")));
    return [...new Set(scripts)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ofPackage = (scripts: readonly string[], name: string) =>
  scripts
    .filter((url) => url.includes(name))
    .map((url) => url.slice(url.indexOf(name) + name.length + 1))
    .sort();

/** Submodules of the AWS bindings that the product's sources import: a resource type, a data source or the provider. */
function submodulesImported(): readonly string[] {
  const sources = ["src/eks", "stacks"].flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(projectRoot, folder, file), "utf8")),
  );
  const imports = sources.flatMap((text) => [...text.matchAll(/"@cdktf\/provider-aws\/([^"]+)"/g)]);
  return [...new Set(imports.map(([, path = ""]) => path))].sort();
}

describe("importing an EKS stack", () => {
  let onEks: readonly string[];
  let onOpenStack: readonly string[];
  beforeAll(() => {
    onEks = scriptsLoaded("production-eks");
    onOpenStack = scriptsLoaded("demo-openstack");
  });

  it("loads no more than the files that it uses: one for each resource type, data source and provider", () => {
    const imported = submodulesImported();
    expect(imported.length).toBeGreaterThan(30);
    expect(imported.filter((path) => !/^lib\/[a-z0-9-]+\/index\.js$/.test(path))).toEqual([]);
    expect(ofPackage(onEks, "@cdktf/provider-aws")).toEqual(imported);
  });

  it("never loads the whole of the bindings", () => {
    expect(ofPackage(onEks, "@cdktf/provider-aws")).not.toContain("lib/index.js");
  });

  it("loads none of OpenStack's bindings", () => {
    expect(onEks.filter((url) => /provider-openstack|src\/openstack\//.test(url))).toEqual([]);
    expect(onEks.filter((url) => url.includes("src/eks/")).length).toBeGreaterThan(20);
  });

  it("is not done for a cluster on OpenStack", () => {
    expect(onOpenStack.filter((url) => /provider-aws|src\/eks\/|aws-sdk/.test(url))).toEqual([]);
    expect(onOpenStack.filter((url) => url.includes("provider-openstack")).length).toBeGreaterThan(5);
  });
});
