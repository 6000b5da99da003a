import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { parseDefinitions } from "../../../charts/crds/definition.js";
import { verifiedDefinitions } from "../../../charts/crds/definitions-folder.js";
import { allDefinitionFiles, definitionsLock } from "../../../charts/crds/lock.js";
import { relocked } from "../../../charts/crds/relock.js";
import { writtenKinds } from "../../../charts/crds/written-kinds.js";
import { projectRoot } from "../../support/project.js";
import { kubeconformSchemas } from "../support/definition-schemas.js";
import { definitionsFolder } from "../support/definitions.js";
import { runCommand } from "../support/process.js";

const files = allDefinitionFiles();
let folder: string;

beforeAll(async () => {
  folder = await definitionsFolder();
});

/** The repository's own program for definitions. */
function crds(...args: readonly string[]): Promise<string> {
  const program = join(projectRoot, "charts/crds/main.ts");
  return runCommand(`crds ${args[0] ?? ""}`, "npx", ["tsx", program, ...args], { cwd: projectRoot, environment: {} });
}

describe("the locked definitions", () => {
  it("can all be had, and are what the lock says", async () => {
    const had = await verifiedDefinitions(folder, files);
    process.stderr.write(`  definitions: ${had.length} of ${files.length} are upstream's own text; none is derived\n`);
    await crds("verify", "--from", folder);
  });

  it("are what locking them again gives, names included", async () => {
    expect(await relocked(definitionsLock, ({ path }) => readFile(join(folder, path)))).toEqual(definitionsLock);
  });

  it("give the types that are committed", async () => {
    await crds("types", "--check", "--from", folder);
  });
});

describe("the schemas for kubeconform", () => {
  it("are there for every kind that charts write, and allow nothing that has no name", async () => {
    const definitions = (await verifiedDefinitions(folder, files)).flatMap(({ text }) => parseDefinitions(text));
    const schemas = new Map(definitions.flatMap((definition) => [...kubeconformSchemas(definition)]));
    for (const { group, version, kinds } of writtenKinds) {
      for (const kind of kinds) {
        expect(schemas.get(`${group}/${kind.toLowerCase()}_${version}.json`)).toMatchObject({
          additionalProperties: false,
          required: expect.arrayContaining(["apiVersion", "kind", "metadata"]),
        });
      }
    }
    expect(schemas.get("monitoring.coreos.com/servicemonitor_v1.json")).toMatchObject({
      properties: {
        spec: { additionalProperties: false, properties: { endpoints: { items: { additionalProperties: false } } } },
      },
    });
  });
});
