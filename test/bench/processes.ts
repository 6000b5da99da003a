import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import type { Measurement } from "./measure.js";
import { assertSameManifests, writePlainCharts } from "./plain-manifests.js";
import { assertSameStacks } from "./same-output.js";
import type { Scenario } from "./scenarios.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const tsx = join(root, "node_modules/.bin/tsx");

/** The environments that the cold start is measured with. */
export const coldEnvironments = ["demo-openstack", "demo-eks"] as const;
export type ColdEnvironment = (typeof coldEnvironments)[number];

export interface Pair<T> {
  readonly product: T;
  readonly floor: T;
}

/** Lets `use` have a folder that is gone afterwards. */
function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "kaas-bench-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Product and floor once, each in a fresh process; the floor makes what the product has just made. */
export function measurePair({ name }: Scenario): Pair<Measurement> {
  return withFolder((folder) => {
    const [productOutdir, floorOutdir] = [join(folder, "product"), join(folder, "floor")];
    const product = measure("product", name, productOutdir);
    const floor = measure("floor", name, floorOutdir, productOutdir);
    assertSameStacks(productOutdir, floorOutdir);
    return { product, floor };
  });
}

function measure(...argv: readonly string[]): Measurement {
  const text = execFileSync(process.execPath, ["--import", "tsx", script("measure.ts"), ...argv], { cwd: root });
  return JSON.parse(text.toString()) as Measurement;
}

/** Milliseconds from start to end of whole processes: `npm run synth` and a bare program under the same loader. */
export function measureColdStart(environment: ColdEnvironment): Pair<number> {
  return withFolder((folder) => {
    const [productOutdir, floorOutdir] = [join(folder, "product"), join(folder, "floor")];
    const product = timed("npm", ["run", "synth", "--", environment, ...folders(productOutdir, folder)]);
    const [productManifests, floorManifests] = [join(folder, MANIFESTS, environment), join(folder, "floor-manifests")];
    const plain = join(folder, "plain.json");
    writePlainCharts(productManifests, plain);
    const floor = timed(tsx, [script("cold-floor.ts"), productOutdir, floorOutdir, plain, floorManifests]);
    assertSameStacks(productOutdir, floorOutdir);
    assertSameManifests(productManifests, floorManifests);
    return { product, floor };
  });
}

const MANIFESTS = "manifests";

/** Neither of the project's own. */
function folders(outdir: string, folder: string): readonly string[] {
  return ["--out", outdir, "--manifests", join(folder, MANIFESTS)];
}

/** Milliseconds of whole processes: the charts of an environment, and the same objects as plain data through cdk8s. */
export function measureCharts(environment: ColdEnvironment): Pair<number> {
  return withFolder((folder) => {
    const [productOutdir, floorOutdir] = [join(folder, "product"), join(folder, "floor")];
    const plain = join(folder, "plain.json");
    const product = timed(tsx, [script("chart-product.ts"), environment, productOutdir]);
    const productFolder = join(productOutdir, environment);
    writePlainCharts(productFolder, plain);
    const floor = timed(tsx, [script("chart-floor.ts"), plain, floorOutdir]);
    assertSameManifests(productFolder, floorOutdir);
    return { product, floor };
  });
}

function timed(command: string, argv: readonly string[]): number {
  const started = performance.now();
  execFileSync(command, argv, { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  return performance.now() - started;
}

/** Scripts of the AWS bindings that a synth on OpenStack loads. V8's coverage lists every script, however it was imported. */
export function awsScriptsLoaded(): readonly string[] {
  return withFolder((folder) => {
    const coverage = join(folder, "coverage");
    execFileSync(tsx, ["src/cli/main.ts", "synth", "demo-openstack", ...folders(join(folder, "out"), folder)], {
      cwd: root,
      env: { ...process.env, NODE_V8_COVERAGE: coverage },
      stdio: "ignore",
    });
    return readdirSync(coverage)
      .map((file) => JSON.parse(readFileSync(join(coverage, file), "utf8")) as { result: { url: string }[] })
      .flatMap(({ result }) => result.map(({ url }) => url))
      .filter((url) => url.includes("provider-aws"));
  });
}
