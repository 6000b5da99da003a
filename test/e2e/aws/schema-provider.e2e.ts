import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { catalogue } from "../../../src/versions/catalogue.js";
import { bindingAttributes } from "../support/aws-bindings.js";
import { schemaAttributes, servedTypes, type ProviderSchemas } from "../support/aws-schemas.js";
import { AwsStack } from "../support/aws-stack.js";

describe("the provider that stands in for Amazon's", () => {
  const folder = mkdtempSync(join(tmpdir(), "kaas-aws-schemas-"));
  const stack = new AwsStack(folder, {});
  let schemas: ProviderSchemas;

  beforeAll(async () => {
    stack.write({ terraform: { required_providers: { aws: catalogue.providers.aws } } });
    await stack.terraform.init();
    schemas = await stack.schemas();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("knows every attribute that the bindings know of its types, as argument or as result, and no other", () => {
    const types = servedTypes(schemas);
    expect(types.length).toBeGreaterThan(50);
    for (const type of types) {
      expect([type, sorted(schemaAttributes(schemas, type))]).toEqual([type, sorted(bindingAttributes(type))]);
    }
  });
});

function sorted(attributes: ReadonlyMap<string, string>): readonly string[] {
  return [...attributes].map(([path, kind]) => `${path}: ${kind}`).sort();
}
