import { describe, expect, it } from "@jest/globals";
import { renewalTime } from "../../../src/bootstrap/node/renewal.js";

/** As many as there can be controllers. */
const ordinals = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const days = ordinals.map((ordinal) => Number(/^\*-\*-(\d\d) \d\d:00:00 UTC$/.exec(renewalTime({ ordinal }))?.[1]));

describe("the renewal of certificates", () => {
  it("comes for each controller on a day of its own, none the day after another's", () => {
    for (const [index, day] of days.entries()) {
      for (const other of days.slice(index + 1)) expect(Math.abs(day - other)).toBeGreaterThan(1);
    }
  });

  it("comes on days that every month has", () => {
    expect(Math.min(...days)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...days)).toBeLessThanOrEqual(28);
  });
});
