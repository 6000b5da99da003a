import { describe, expect, it } from "@jest/globals";
import { alertsOf } from "../../src/alerting/alert-rule.js";
import { alertingRules } from "../../src/alerting/alerting-rules.js";
import { eksCluster, openStackCluster } from "../support/clusters.js";
import { alertCases } from "./cases/index.js";
import { promtoolSuites } from "./support/promtool-tests.js";

const clusters = { openstack: openStackCluster(), eks: eksCluster() } as const;

describe("cases of promtool", () => {
  it.each(["openstack", "eks"] as const)(
    "there is one for every alert on %s, for firing and for not firing",
    (provider) => {
      const groups = alertingRules(clusters[provider]);
      const suites = promtoolSuites(groups, alertCases(provider));
      expect(suites.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(alertsOf(groups).length);
    },
  );

  it("every case is of an alert that there is", () => {
    const known = new Set(
      Object.values(clusters).flatMap((config) => alertsOf(alertingRules(config)).map(({ alert }) => alert)),
    );
    const cases = [...Object.keys(alertCases("openstack")), ...Object.keys(alertCases("eks"))];
    expect(cases.filter((name) => !known.has(name))).toEqual([]);
  });

  it("every case but that of the dead man's switch has a series that differs between firing and not firing", () => {
    const alike = Object.entries(alertCases("openstack"))
      .filter(([, { series }]) => !Object.values(series).some((samples) => Array.isArray(samples)))
      .map(([name]) => name);
    expect(alike).toEqual(["DeadMansSwitch"]);
  });
});
