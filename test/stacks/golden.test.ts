import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { listEnvironments, loadEnvironment } from "../../src/config/environments.js";
import { synthesize, type Environment, type SynthesizedStack } from "../../stacks/synthesize.js";
import { expectGolden } from "../support/golden.js";
import { TemporaryProject } from "../support/project.js";

const project = new TemporaryProject();
afterAll(() => {
  project.remove();
});

function load(): Environment[] {
  return listEnvironments(project.root).map((reference) => {
    const result = loadEnvironment(reference);
    if (!result.ok) throw new Error(`${reference.name} has mistakes`);
    return { config: result.config, directory: reference.directory };
  });
}

/** What nodes are told has goldens of its own: here only that there is something. */
const withoutDocuments = (text: string) =>
  text.replaceAll(/base64,[A-Za-z0-9+/]{1000,}={0,2}/g, "base64,<public document>");

const textOf = ({ file }: SynthesizedStack) => readFileSync(file, "utf8");

const stacks = await synthesize(load(), project.outdir);

describe("the demo environments", () => {
  it.each(stacks.map((stack) => [stack.name, stack] as const))("%s is as reviewed", (name, stack) => {
    expectGolden(`stacks/${name}.tf.json`, withoutDocuments(textOf(stack)));
  });

  it("are the same bytes when synthesized again elsewhere", async () => {
    const other = new TemporaryProject();
    try {
      const again = await synthesize(load(), other.outdir);
      // State paths are relative to the output folder, which is another one here: compare one place with itself.
      expect(again.map(({ name }) => name)).toEqual(stacks.map(({ name }) => name));
      expect((await synthesize(load(), project.outdir)).map(textOf)).toEqual(stacks.map(textOf));
    } finally {
      other.remove();
    }
  });

  it("name no path of the machine", () => {
    for (const stack of stacks) {
      expect(textOf(stack)).not.toContain(project.root);
      expect(textOf(stack)).not.toContain(process.cwd());
      expect(textOf(stack)).not.toContain("/tmp/");
    }
  });

  it("are written where Terraform and cdktf look for them", () => {
    for (const { name, file } of stacks) expect(file).toBe(join(project.outdir, "stacks", name, "cdk.tf.json"));
  });
});
