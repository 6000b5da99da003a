import { describe, expect, test } from "@jest/globals";
import { judgeVersion } from "../../../src/preflight/aws/kubernetes-version.js";

const now = new Date("2026-11-21T10:00:00Z");
const silence = {
  ok: false,
  refusal: { kind: "unreachable", reason: "ETIMEDOUT" },
  permission: "eks:DescribeClusterVersions",
} as const;
const says = (standard: boolean, ends?: string) =>
  ({ ok: true, value: { standard, ...(ends !== undefined && { ends: new Date(ends) }) } }) as const;

describe("the version of Kubernetes", () => {
  test("in standard support is ok, until when AWS says", () => {
    expect(judgeVersion({ kubernetes: "1.36.3" }, says(true, "2027-08-02"), now)).toMatchObject({
      state: "ok",
      message: "1.36 is in EKS's standard support until 2027-08-02",
    });
  });

  test.each([
    ["2027-02-20", "ok"],
    ["2027-02-19", "ok"],
    ["2027-02-18", "warning"],
    ["2026-11-22", "warning"],
  ])("whose support ends on %s draws: %s, at less than 90 days", (ends, state) => {
    expect(judgeVersion({ kubernetes: "1.35.4" }, says(true, ends), new Date("2026-11-21T00:00:00Z")).state).toBe(
      state,
    );
  });

  test("fails when AWS has it in extended support alone, or has it not, whatever the catalogue says", () => {
    expect(judgeVersion({ kubernetes: "1.36.3" }, says(false, "2026-10-01"), now)).toMatchObject({
      state: "failure",
      message: "1.36 left EKS's standard support on 2026-10-01",
      expected: "a version in standard support",
    });
    expect(judgeVersion({ kubernetes: "1.36.3" }, says(false), now)).toMatchObject({
      state: "failure",
      message: "1.36 is no version in EKS's standard support",
    });
  });

  test("offers others that have time left, and none that ends soon", () => {
    const { remedy } = judgeVersion({ kubernetes: "1.34.4" }, says(false), now);
    expect(remedy).toBe(
      "take 1.36.3 (until 2027-08-02) or 1.35.4 (until 2027-03-27); a cluster that is there goes up one minor version " +
        "at a time",
    );
    const late = judgeVersion({ kubernetes: "1.34.4" }, says(false), new Date("2030-01-01"));
    expect(late.remedy).toBe("take a newer release of kaasctl, which knows later versions");
  });

  test("is judged by the catalogue when AWS is silent, which is said and never ok", () => {
    expect(judgeVersion({ kubernetes: "1.36.3" }, silence, now)).toMatchObject({
      state: "unknown",
      unanswered: "unreachable",
      message:
        "1.36 is in EKS's standard support until 2027-08-02, by kaasctl's catalogue: AWS does not answer (ETIMEDOUT)",
    });
  });

  test.each([
    ["2026-12-02T23:00:00Z", "warning"],
    ["2026-12-03T00:00:00Z", "failure"],
  ])("by the catalogue holds through its last day: %s is a %s", (time, state) => {
    expect(judgeVersion({ kubernetes: "1.34.4" }, silence, new Date(time)).state).toBe(state);
  });
});
