import { describe, expect, it } from "@jest/globals";
import { checks } from "./cross-references/checks.js";
import { ClusterOutput } from "./cross-references/cluster-output.js";
import { variants } from "./cross-references/variants.js";

describe.each(Object.entries(variants()))("in all that is written for %s", (_name, config) => {
  const output = ClusterOutput.of(config);

  it.each(Object.entries(checks))("%s", (_rule, check) => {
    expect(check(output)).toEqual([]);
  });
});
