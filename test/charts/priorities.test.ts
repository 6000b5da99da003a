import { describe, expect, it } from "@jest/globals";
import { Testing } from "cdk8s";
import { PrioritiesChart } from "../../charts/priorities/priorities-chart.js";
import { LEAST_PLATFORM_PRIORITY } from "../../charts/priorities/priority-classes.js";

/** The most that Kubernetes lets anybody ask for, but for its own classes. */
const HIGHEST_USER_PRIORITY = 1_000_000_000;

describe("the priority classes", () => {
  const classes = Testing.synth(new PrioritiesChart(Testing.app(), "priorities")) as {
    metadata: { name: string };
    value: number;
    globalDefault: boolean;
  }[];
  const valueOf = (name: string) => classes.find(({ metadata }) => metadata.name === name)?.value ?? NaN;

  it("put what the cluster cannot do without first, below Kubernetes' own and above all users", () => {
    expect(valueOf("platform-critical")).toBeGreaterThan(valueOf("platform"));
    expect(valueOf("platform-critical")).toBeLessThanOrEqual(HIGHEST_USER_PRIORITY);
    expect(Math.min(...classes.map(({ value }) => value))).toBe(LEAST_PLATFORM_PRIORITY);
  });

  it("are nobody's by default", () => {
    for (const { globalDefault } of classes) expect(globalDefault).toBe(false);
  });
});
