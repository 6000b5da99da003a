import { describe, expect, it } from "@jest/globals";
import { defragmentTime, snapshotTime } from "../../../src/bootstrap/etcd/node.js";

/** As many as there can be members. */
const ordinals = [0, 1, 2, 3, 4, 5, 6, 7, 8];

describe("defragmentation, while which a member does not answer", () => {
  const times = ordinals.map((ordinal) => /^([A-Z][a-z]{2}) \*-\*-\* (\d\d):30:00 UTC$/.exec(defragmentTime(ordinal)));

  it("comes for each member once a week", () => {
    for (const time of times) expect(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]).toContain(time?.[1]);
  });

  it("comes for no two members within the same hour", () => {
    expect(new Set(times.map((time) => `${time?.[1]} ${time?.[2]}`)).size).toBe(ordinals.length);
  });
});

describe("a snapshot", () => {
  it("comes every eight hours when bootstrap.yaml says so", () => {
    expect(snapshotTime(8)).toBe("*-*-* 00/8:15:00 UTC");
  });

  it("comes once a day with a time that systemd takes: it refuses 00/24", () => {
    expect(snapshotTime(24)).toBe("*-*-* 00:15:00 UTC");
  });
});
