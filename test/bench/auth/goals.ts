import type { AuthFigures } from "./figures.js";

/** A promise about the speed of reviews, and whether it was kept. */
export interface AuthGoal {
  readonly name: string;
  /** For people: `at least 0.5`. */
  readonly limit: string;
  readonly measured: number;
  readonly met: boolean;
}

export function authGoalsOf({ throughput, latency, burst, cost }: AuthFigures): readonly AuthGoal[] {
  return [
    atLeast("throughput: times the echo's", 0.5, throughput.ratio),
    atMost("p99 at half of that load: times the echo's at the same rate", 5, latency.ratio),
    atMost("burst of 6,000 tokens: times what the echo needs for as many requests", 4, burst.ratio),
    atMost("growth: processor time of a review, among all tokens to among 1,000", 1.3, cost.ratio),
  ];
}

function atLeast(name: string, limit: number, measured: number): AuthGoal {
  return { name, limit: `at least ${limit}`, measured, met: measured >= limit };
}

function atMost(name: string, limit: number, measured: number): AuthGoal {
  return { name, limit: `at most ${limit}`, measured, met: measured <= limit };
}
