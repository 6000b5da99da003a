import type { Figures } from "./figures.js";

/** A promise of the product's about its speed, and whether it was kept. */
export interface Goal {
  readonly name: string;
  readonly limit: number;
  readonly measured: number;
  readonly met: boolean;
}

const SYNTH_RATIO = 1.5;
const COLD_START_RATIO = 2.5;
const CHARTS_RATIO = 3.5;
/** Of the time a cluster takes among 100, to the time among 10: above it, growth is no longer linear. */
const GROWTH = 1.3;

export function goalsOf(figures: Figures): readonly Goal[] {
  return [
    ...figures.synth.map(({ scenario, ratio }) => goal(`synth of ${scenario}: times the floor`, SYNTH_RATIO, ratio)),
    goal("growth: time a cluster, 100 clusters to 10", GROWTH, perCluster(figures, 100) / perCluster(figures, 10)),
    ...figures.coldStart.map(({ environment, ratio }) =>
      goal(`cold start of npm run synth -- ${environment}: times the floor`, COLD_START_RATIO, ratio),
    ),
    ...figures.charts.map(({ environment, ratio }) =>
      goal(`charts of ${environment}: times the floor`, CHARTS_RATIO, ratio),
    ),
    goal("AWS bindings loaded by a synth on OpenStack", 0, figures.awsScripts.length),
  ];
}

function goal(name: string, limit: number, measured: number): Goal {
  return { name, limit, measured, met: measured <= limit };
}

function perCluster({ synth }: Figures, clusters: number): number {
  const figures = synth.find((candidate) => candidate.scenario === `${clusters} clusters`);
  return figures === undefined ? NaN : figures.productMs / clusters;
}
