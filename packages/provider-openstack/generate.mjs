// Generates the bindings from schema.json into lib/: CommonJS and declarations, as prebuilt providers ship them.
// Usage: node generate.mjs [folder to write into, this one unless given]
import { mkdir, mkdtemp, readFile, readdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// @cdktf/commons runs `terraform version` and reports usage as soon as it is loaded: neither is wanted here.
process.env["CHECKPOINT_DISABLE"] = "1";
process.env["TERRAFORM_BINARY_NAME"] = "true";
const require = createRequire(import.meta.url);
const { ConstructsMakerProviderTarget, Language, TerraformProviderConstraint } = require("@cdktf/commons");
// The package's index asks for jsii-pacmak, which only `cdktf get` needs: the module is loaded directly.
const { TerraformProviderGenerator } = require("@cdktf/provider-generator/lib/get/generator/provider-generator");
const { CodeMaker } = require("codemaker");
const { build } = require("esbuild");
const ts = require("typescript");

const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = process.argv[2] ?? here;
const { version } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
const schema = JSON.parse(await readFile(join(here, "schema.json"), "utf8"));

const constraint = new TerraformProviderConstraint({
  name: "openstack",
  namespace: "terraform-provider-openstack",
  source: "terraform-provider-openstack/openstack",
  version,
});
const code = new CodeMaker();
code.indentation = 2;
const generator = new TerraformProviderGenerator(code, schema);
generator.versions = Object.fromEntries(Object.keys(schema.provider_schemas).map((address) => [address, version]));
generator.generate(new ConstructsMakerProviderTarget(constraint, Language.TYPESCRIPT));

// Written beside and moved into place, so that an interrupted run leaves no half of a package behind.
await mkdir(outdir, { recursive: true });
const scratch = await mkdtemp(join(outdir, ".generating-"));
try {
  await generator.save(scratch);
  const sources = join(scratch, "providers/openstack");
  const files = (await readdir(sources, { recursive: true })).filter((f) => f.endsWith(".ts"));
  const entryPoints = files.map((file) => join(sources, file));
  const lib = join(scratch, "lib");
  await build({
    entryPoints,
    outdir: lib,
    outbase: sources,
    format: "cjs",
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
  // noCheck: declarations are derived without checking 83,000 lines that a generator wrote. Three seconds.
  ts.createProgram(entryPoints, {
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: true,
    outDir: lib,
    rootDir: sources,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    types: [],
  }).emit();
  await rm(join(outdir, "lib"), { recursive: true, force: true });
  await rename(lib, join(outdir, "lib"));
  process.stdout.write(`@cdktf/provider-openstack ${version}: ${files.length} modules generated\n`);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
// The promise that @cdktf/commons holds for Terraform's version may still be pending.
process.exit(0);
