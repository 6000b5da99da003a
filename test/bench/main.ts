// npm run bench [-- --repetitions <n>] [--output json]: how fast the product is, as ratios to a floor of bare cdktf, or bare
// cdk8s, that is measured in the same run. Synthesis is measured in processor time, whole processes by the clock.
// Ends with 1 when a goal is missed twice.
import { parseArgs } from "node:util";
import { plain } from "../../src/cli/style.js";
import { formatTable } from "../../src/cli/table.js";
import { measureAll, type ColdStartFigures, type Figures } from "./figures.js";
import { goalsOf, type Goal } from "./goals.js";

const { values } = parseArgs({
  options: {
    repetitions: { type: "string", default: "5" },
    output: { type: "string", default: "text" },
  },
});
const repetitions = Number(values.repetitions);
const progress = (text: string) => process.stderr.write(`measuring ${text}\n`);

let figures = measureAll(repetitions, progress);
let goals = goalsOf(figures);
if (goals.some(({ met }) => !met)) {
  // Another process on the machine can spoil a run; not two.
  process.stderr.write("a goal was missed: measuring once more\n");
  const again = measureAll(repetitions, progress);
  const goalsAgain = goalsOf(again);
  if (countMissed(goalsAgain) <= countMissed(goals)) [figures, goals] = [again, goalsAgain];
}
const ok = countMissed(goals) === 0;
process.stdout.write(
  values.output === "json"
    ? `${JSON.stringify({ ok, repetitions, goals, ...figures }, null, 2)}\n`
    : report(figures, goals),
);
if (!ok) process.exitCode = 1;

function countMissed(all: readonly Goal[]): number {
  return all.filter(({ met }) => !met).length;
}

function report({ synth, coldStart, charts }: Figures, all: readonly Goal[]): string {
  const right = (title: string) => ({ title, align: "right" as const });
  const figuresTable = formatTable(
    [
      { title: "SYNTH" },
      ...["PRODUCT", "FLOOR", "RATIO", "A CLUSTER", "PARSING", "PEAK MEMORY", "ITS FLOOR"].map(right),
    ],
    [
      ...synth.map((row) => [
        row.scenario,
        ms(row.productMs),
        ms(row.floorMs),
        row.ratio.toFixed(2),
        ms(row.productMs / row.clusters),
        ms(row.parseMs),
        mib(row.productPeakMiB),
        mib(row.floorPeakMiB),
      ]),
      ...coldStart.map((row) => [`npm run synth -- ${row.environment}, cold`, ...wholeProcess(row)]),
      ...charts.map((row) => [`charts of ${row.environment} alone, cold`, ...wholeProcess(row)]),
    ],
    plain,
  );
  const goalsTable = formatTable(
    [{ title: "GOAL" }, right("AT MOST"), right("MEASURED"), { title: "" }],
    all.map(({ name, limit, measured, met }) => [name, String(limit), measured.toFixed(2), met ? "met" : "MISSED"]),
    plain,
  );
  return `${figuresTable}\n${goalsTable}`;
}

function wholeProcess({ productMs, floorMs, ratio }: ColdStartFigures): readonly string[] {
  return [ms(productMs), ms(floorMs), ratio.toFixed(2)];
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

function mib(value: number): string {
  return `${value.toFixed(0)} MiB`;
}
