// What `make bundle` and `make build` run.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import packageJson from "../../package.json" with { type: "json" };
import { UserError } from "../../src/lib/user-error.js";
import { writeContext } from "./context.js";
import { ARCHITECTURE_OF } from "./native-packages.js";
import { buildImage, ENGINES, findEngine, nodeVersionOf, type Engine } from "./engine.js";

const USER_MISTAKE = 2;
const ROOT = resolve(import.meta.dirname, "../..");
const { version } = packageJson;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    output: { type: "string" },
    base: { type: "string" },
    name: { type: "string", default: "kubernetes-auth" },
    revision: { type: "string", default: "unknown" },
    source: { type: "string", default: "" },
    engine: { type: "string", default: "" },
    "node-version": { type: "string", default: "" },
  },
});

function required(option: "output" | "base"): string {
  const value = values[option];
  if (value === undefined || value === "") throw new UserError(`--${option} is missing`, "make passes it");
  return value;
}

function isEngine(name: string): name is Engine {
  return (ENGINES as readonly string[]).includes(name);
}

function madeAt(): Date {
  const seconds = process.env["SOURCE_DATE_EPOCH"] ?? "0";
  if (!/^\d+$/.test(seconds)) throw new UserError(`SOURCE_DATE_EPOCH is ${seconds}`, "give seconds since 1970");
  return new Date(Number(seconds) * 1000);
}

async function bundleContents(nodeVersion: string): Promise<void> {
  const folder = resolve(required("output"));
  await writeContext({ root: ROOT, folder, version, made: madeAt(), ...(nodeVersion !== "" && { nodeVersion }) });
  process.stdout.write(`the contents of the image are in ${folder}\n`);
}

async function build(): Promise<void> {
  const engine = values.engine === "" ? findEngine() : values.engine;
  if (engine === undefined) {
    await bundleContents(values["node-version"]);
    throw new UserError(
      `no image was built: none of ${ENGINES.join(", ")} answers`,
      "install one, or build the folder with its Containerfile elsewhere",
    );
  }
  if (!isEngine(engine)) throw new UserError(`${engine} is no engine`, `give one of ${ENGINES.join(", ")}`);
  const architecture = ARCHITECTURE_OF[process.arch];
  if (architecture === undefined)
    throw new UserError(`there is no image for ${process.arch}`, "build on amd64 or arm64");
  const base = required("base");
  await bundleContents(nodeVersionOf(engine, base));
  const name = `${values.name}:${version}`;
  const { revision, source } = values;
  const context = resolve(required("output"));
  const told = { version, revision, made: madeAt(), ...(source !== "" && { source }) };
  buildImage(engine, { context, architecture, base, name, ...told });
  process.stdout.write(`${engine} has the image ${name}\n`);
}

try {
  const [command = ""] = positionals;
  if (command === "bundle") await bundleContents(values["node-version"]);
  else if (command === "build") await build();
  else throw new UserError(`'${command}' is no command`, "give bundle or build");
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n${error.remedy === undefined ? "" : `  ${error.remedy}\n`}`);
  process.exitCode = USER_MISTAKE;
}
