// npm run bench:auth [-- --tokens <n>] [--rounds <n>] [--store <file>] [--output json]: TokenReviews beside a bare echo of JSON
// on node:http, in the same run and by the same driver. Rounds of both take turns, and figures are medians of the rounds.
// Ends with 1 when a goal is missed.
// npm run bench:auth -- --keystone [--output json]: the same beside a real Keystone, which it starts; there are no goals.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { plain } from "../../../src/cli/style.js";
import { formatTable } from "../../../src/cli/table.js";
import { freePort } from "../../e2e/support/loopback-server.js";
import { measureAuth, type AuthFigures } from "./figures.js";
import { authGoalsOf, type AuthGoal } from "./goals.js";
import { measureKeystone, type KeystoneFigures, type Speed } from "./keystone.js";
import { seed } from "./seed.js";
import { ServerProcess } from "./server-process.js";

const { values } = parseArgs({
  options: {
    tokens: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "7" },
    store: { type: "string" },
    output: { type: "string", default: "text" },
    keystone: { type: "boolean", default: false },
  },
});
const tokens = Number(values.tokens);
const rounds = Number(values.rounds);
const FEW = 1000;
const progress = (text: string) => process.stderr.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), "kaas-bench-auth-"));
const servers: ServerProcess[] = [];
try {
  if (values.keystone) await benchKeystone();
  else await benchReviews();
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  if (process.env["KAAS_BENCH_CPU_PROFILE"] === undefined) rmSync(folder, { recursive: true });
  else progress(`profiles are in ${folder}`);
}

async function benchReviews(): Promise<void> {
  const many = values.store === undefined ? join(folder, "many.sqlite") : resolve(values.store);
  const few = join(folder, "few.sqlite");
  if (!existsSync(many)) {
    progress(`making a store with ${tokens} tokens`);
    await seed(many, tokens);
  }
  await seed(few, FEW);
  const echo = await ServerProcess.echo(folder, await freePort());
  servers.push(echo);
  const auth = await ServerProcess.auth(folder, await freePort(), many);
  servers.push(auth);
  const small = await ServerProcess.auth(folder, await freePort(), few);
  servers.push(small);
  const figures = await measureAuth({ echo, auth, small, tokens, few: FEW, rounds, progress });
  const goals = authGoalsOf(figures);
  const ok = goals.every(({ met }) => met);
  process.stdout.write(
    values.output === "json"
      ? `${JSON.stringify({ ok, tokens, rounds, goals, ...figures }, null, 2)}\n`
      : report(figures, goals),
  );
  if (!ok) process.exitCode = 1;
}

async function benchKeystone(): Promise<void> {
  const figures = await measureKeystone(folder, progress);
  process.stdout.write(values.output === "json" ? `${JSON.stringify(figures, null, 2)}\n` : keystoneReport(figures));
}

function keystoneReport({ keystone, cold, warm, echo }: KeystoneFigures): string {
  const right = (title: string) => ({ title, align: "right" as const });
  const row = (name: string, { rate, p50, p99 }: Speed) => [name, rate.toFixed(0), ms(p50), ms(p99)];
  const rows = [
    row("Keystone alone, a user", keystone),
    row("first of each user", cold),
    row("later", warm),
    row("bare echo", echo),
  ];
  const columns = [{ title: "REVIEWS WITH KEYSTONE" }, right("A SECOND"), right("P50"), right("P99")];
  return formatTable(columns, rows, plain);
}

function report(figures: AuthFigures, goals: readonly AuthGoal[]): string {
  const right = (title: string) => ({ title, align: "right" as const });
  const { throughput, latency, burst, cost, memoryMiB } = figures;
  const rows = [
    ["reviews a second", throughput.auth.toFixed(0), throughput.echo.toFixed(0), throughput.ratio.toFixed(2)],
    [`p99 at ${latency.rate.toFixed(0)} a second`, ms(latency.auth), ms(latency.echo), latency.ratio.toFixed(2)],
    ["burst of 6000 tokens", ms(burst.auth), ms(burst.echo), burst.ratio.toFixed(2)],
    [`processor time a review, ${tokens} tokens to ${FEW}`, ms(cost.many), ms(cost.few), cost.ratio.toFixed(2)],
    ["memory", `${memoryMiB.auth.toFixed(0)} MiB`, `${memoryMiB.echo.toFixed(0)} MiB`, ""],
  ];
  const goalsTable = formatTable(
    [{ title: "GOAL" }, right("LIMIT"), right("MEASURED"), { title: "" }],
    goals.map(({ name, limit, measured, met }) => [name, limit, measured.toFixed(2), met ? "met" : "MISSED"]),
    plain,
  );
  return `${formatTable([{ title: "TOKENREVIEW" }, right("PRODUCT"), right("FLOOR"), right("RATIO")], rows, plain)}\n${goalsTable}`;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
