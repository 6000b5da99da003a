import { drain, latency, throughput, type Target } from "./load.js";
import { seededToken } from "./seed.js";
import type { ServerProcess } from "./server-process.js";

/** Medians of rounds. The ratio is the median of the rounds' own: both of a round see the same load of the machine. */
export interface Compared {
  readonly auth: number;
  readonly echo: number;
  readonly ratio: number;
}

export interface AuthFigures {
  /** Requests a second. */
  readonly throughput: Compared;
  /** Milliseconds, at a rate of requests a second. */
  readonly latency: Compared & { readonly rate: number };
  /** Milliseconds. */
  readonly burst: Compared;
  /** Milliseconds of processor time a review. */
  readonly cost: { readonly many: number; readonly few: number; readonly ratio: number };
  readonly memoryMiB: { readonly auth: number; readonly echo: number };
}

export interface AuthBench {
  readonly echo: ServerProcess;
  /** With many tokens in its store. */
  readonly auth: ServerProcess;
  /** With few of them. */
  readonly small: ServerProcess;
  readonly tokens: number;
  readonly few: number;
  readonly rounds: number;
  readonly progress: (text: string) => void;
}

const ROUND_MILLISECONDS = 2000;
const WARM_UP_MILLISECONDS = 3000;
const BURST = 6000;
/** A step that comes by every token, and never soon by the same. */
const STEP = 7919;

export async function measureAuth({
  echo,
  auth,
  small,
  tokens,
  few,
  rounds,
  progress,
}: AuthBench): Promise<AuthFigures> {
  let asked = 0;
  const next = (among: number) => () => seededToken((asked += STEP) % among);
  const targets = {
    echo: { port: echo.port, tokenOf: next(tokens) },
    auth: { port: auth.port, tokenOf: next(tokens) },
    small: { port: small.port, tokenOf: next(few) },
  };
  progress("warming up");
  for (const target of Object.values(targets)) await throughput(target, WARM_UP_MILLISECONDS);

  progress("throughput");
  const speeds = await compare(targets, rounds, (target) => throughput(target, ROUND_MILLISECONDS));
  progress("burst");
  const burst = await compare(targets, rounds, (target) => drain(target, BURST));
  progress("latency");
  const rate = speeds.auth / 2;
  const latencies = await compare(targets, rounds, (target) => latency(target, rate, ROUND_MILLISECONDS));
  progress("growth");
  const costs = [];
  for (let round = 0; round < rounds; round++) {
    costs.push({ many: await costOf(auth, targets.auth), few: await costOf(small, targets.small) });
  }
  return {
    throughput: speeds,
    latency: { ...latencies, rate },
    burst,
    cost: {
      many: median(costs.map(({ many }) => many)),
      few: median(costs.map((cost) => cost.few)),
      ratio: median(costs.map((cost) => cost.many / cost.few)),
    },
    memoryMiB: { auth: auth.memoryMiB, echo: echo.memoryMiB },
  };
}

async function compare(
  targets: { readonly auth: Target; readonly echo: Target },
  rounds: number,
  measure: (target: Target) => Promise<number>,
): Promise<Compared> {
  const both = [];
  for (let round = 0; round < rounds; round++) {
    both.push({ echo: await measure(targets.echo), auth: await measure(targets.auth) });
  }
  return {
    auth: median(both.map(({ auth }) => auth)),
    echo: median(both.map(({ echo }) => echo)),
    ratio: median(both.map(({ auth, echo }) => auth / echo)),
  };
}

async function costOf(server: ServerProcess, target: Target): Promise<number> {
  const before = server.processorMs;
  const speed = await throughput(target, ROUND_MILLISECONDS);
  return (server.processorMs - before) / ((speed * ROUND_MILLISECONDS) / 1000);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [below = Number.NaN, above = Number.NaN] = [sorted[middle - ((sorted.length + 1) % 2)], sorted[middle]];
  return (below + above) / 2;
}
