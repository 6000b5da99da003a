// One measurement, in a process of its own: measure.ts product|floor <scenario> <outdir> [<outdir of the product>]
// Prints a Measurement as JSON.
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { environmentsOf, findScenario } from "./scenarios.js";

/** What one process took: processor time, because other work on the machine lengthens every other kind. */
export interface Measurement {
  /** Of synthesis alone: without loading modules, and without parsing and checking the configuration. */
  readonly synthMs: number;
  /** Of parsing and checking, 0 for the floor. */
  readonly parseMs: number;
  readonly peakMiB: number;
}

const [kind = "", scenarioName = "", outdir = "", productOutdir = ""] = process.argv.slice(2);
mkdirSync(outdir, { recursive: true });
const measured = kind === "product" ? await measureProduct() : await measureFloor();
const peakMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ ...measured, peakMiB } satisfies Measurement));

async function measureProduct(): Promise<Omit<Measurement, "peakMiB">> {
  const { synthesizeWith } = await import("../../stacks/synthesize.js");
  const { loadStackMakers } = await import("../../stacks/build-app.js");
  const scenario = findScenario(scenarioName);
  const makers = await loadStackMakers(environmentsOf({ ...scenario, clusters: 1 }, tmpdir()));
  const started = processorMs();
  const environments = environmentsOf(scenario, tmpdir());
  const parsed = processorMs();
  synthesizeWith(makers, environments, outdir);
  return { parseMs: parsed - started, synthMs: processorMs() - parsed };
}

async function measureFloor(): Promise<Omit<Measurement, "peakMiB">> {
  const { readBlueprints, synthesizeFloor } = await import("./floor.js");
  const blueprints = await readBlueprints(productOutdir);
  const started = processorMs();
  synthesizeFloor(blueprints, outdir);
  return { parseMs: 0, synthMs: processorMs() - started };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
