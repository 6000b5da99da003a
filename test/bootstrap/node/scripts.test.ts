import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { nodeSecretFiles } from "../../../src/bootstrap/node-secret-files.js";
import { plainText } from "../../../src/bootstrap/secret-file.js";
import { resourceContents } from "../../e2e/support/ignition.js";
import { documentOf } from "../../support/node-user-data.js";
import { projectRoot } from "../../support/project.js";
import { placeholderSecrets } from "../support/placeholder-secrets.js";
import { variants, type Variant } from "../support/variants.js";

const folder = join(projectRoot, "src/bootstrap/scripts");

describe.each(readdirSync(folder))("%s", (name) => {
  const file = join(folder, name);
  const text = readFileSync(file, "utf8");

  it("is bash, and ends where something fails", () => {
    expect(text).toMatch(/^#!\/bin\/bash\n(#.*\n)+set -euo pipefail\n/);
    execFileSync("bash", ["-n", file]);
  });
});

describe("every script of a node", () => {
  const titled = variants.map((variant) => [variant.name, variant] as const);

  it.each(titled)("finds the files that it reads at its start on %s", (_name, { config, node }: Variant) => {
    const { storage = {} } = documentOf(config, node);
    const there = new Set([
      ...(storage.files ?? []).map(({ path }) => path),
      ...nodeSecretFiles(config, node, placeholderSecrets(config, node), plainText).map(({ path }) => path),
    ]);
    const scripts = (storage.files ?? []).filter(({ path }) => path.startsWith("/opt/kaas/bin/"));
    expect(scripts).not.toEqual([]);
    for (const { path, contents } of scripts) {
      const text = resourceContents(contents)?.toString() ?? "";
      const sourced = [...text.matchAll(/^\. (\S+)$/gm)].map(([, read]) => read);
      expect([path, sourced.filter((read) => !there.has(read ?? ""))]).toEqual([path, []]);
    }
  });

  it.each(titled)("is there for each unit that runs it on %s", (_name, { config, node }) => {
    const { storage = {}, systemd } = documentOf(config, node);
    const programs = [...(storage.files ?? []), ...(storage.links ?? [])].map(({ path }) => path);
    const text = JSON.stringify(systemd);
    for (const [program] of text.matchAll(/\/opt\/kaas\/bin\/[a-z-]+/g)) expect(programs).toContain(program);
  });

  it.each(titled)("is called by other scripts only where it is, on %s", (_name, { config, node }) => {
    const { storage = {} } = documentOf(config, node);
    const programs = [...(storage.files ?? []), ...(storage.links ?? [])].map(({ path }) => path);
    const always = (storage.files ?? []).filter(({ path }) => /etcd-(membership|defragment|snapshot)$/.test(path));
    for (const { contents } of always) {
      const text = resourceContents(contents)?.toString() ?? "";
      for (const [program] of text.matchAll(/\/opt\/kaas\/bin\/[a-z-]+/g)) expect(programs).toContain(program);
    }
  });
});
