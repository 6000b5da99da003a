import type { Measurement } from "./measure.js";
import {
  awsScriptsLoaded,
  coldEnvironments,
  measureCharts,
  measureColdStart,
  measurePair,
  type ColdEnvironment,
  type Pair,
} from "./processes.js";
import { scenarios, type Scenario } from "./scenarios.js";

/** Medians of one scenario's runs. */
export interface ScenarioFigures {
  readonly scenario: string;
  readonly clusters: number;
  readonly parseMs: number;
  readonly productMs: number;
  readonly floorMs: number;
  /** Median of the runs' own ratios: product and floor of a run see the same load of the machine. */
  readonly ratio: number;
  readonly productPeakMiB: number;
  readonly floorPeakMiB: number;
}

export interface ColdStartFigures {
  readonly environment: ColdEnvironment;
  readonly productMs: number;
  readonly floorMs: number;
  readonly ratio: number;
}

export interface Figures {
  readonly synth: readonly ScenarioFigures[];
  readonly coldStart: readonly ColdStartFigures[];
  /** The same of the charts alone. */
  readonly charts: readonly ColdStartFigures[];
  readonly awsScripts: readonly string[];
}

export function measureAll(repetitions: number, progress: (text: string) => void): Figures {
  const synth = scenarios.map((scenario) => {
    progress(scenario.name);
    return measureScenario(scenario, repetitions);
  });
  const coldStart = coldEnvironments.map((environment) => {
    progress(`cold start, ${environment}`);
    return measureCold(environment, measureColdStart, repetitions);
  });
  const charts = coldEnvironments.map((environment) => {
    progress(`charts, ${environment}`);
    return measureCold(environment, measureCharts, repetitions);
  });
  return { synth, coldStart, charts, awsScripts: awsScriptsLoaded() };
}

function measureScenario(scenario: Scenario, repetitions: number): ScenarioFigures {
  const runs = Array.from({ length: repetitions }, () => measurePair(scenario));
  const of = (pick: (run: Pair<Measurement>) => number) => median(runs.map(pick));
  return {
    scenario: scenario.name,
    clusters: scenario.clusters,
    parseMs: of(({ product }) => product.parseMs),
    productMs: of(({ product }) => product.synthMs),
    floorMs: of(({ floor }) => floor.synthMs),
    ratio: of(({ product, floor }) => product.synthMs / floor.synthMs),
    productPeakMiB: of(({ product }) => product.peakMiB),
    floorPeakMiB: of(({ floor }) => floor.peakMiB),
  };
}

function measureCold(
  environment: ColdEnvironment,
  measure: (environment: ColdEnvironment) => Pair<number>,
  repetitions: number,
): ColdStartFigures {
  // The first fills tsx's cache of compiled files: that happens once a checkout.
  measure(environment);
  const runs = Array.from({ length: repetitions }, () => measure(environment));
  return {
    environment,
    productMs: median(runs.map(({ product }) => product)),
    floorMs: median(runs.map(({ floor }) => floor)),
    ratio: median(runs.map(({ product, floor }) => product / floor)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [below = NaN, above = NaN] = [sorted[middle - ((sorted.length + 1) % 2)], sorted[middle]];
  return (below + above) / 2;
}
