import { describe, expect, test } from "@jest/globals";
import { judgeZones, type Zone } from "../../../src/preflight/aws/zones.js";
import { eksCluster } from "../../support/clusters.js";

const zone = (name: string, more: Partial<Zone> = {}): Zone => ({
  name,
  id: `euc1-az-${name.at(-1) ?? ""}`,
  type: "availability-zone",
  state: "available",
  enabled: true,
  ...more,
});
const judge = (second: Zone) => {
  const zones = [zone("eu-central-1a"), second, zone("eu-central-1c")];
  return judgeZones(eksCluster(), { ok: true, value: zones });
};

describe("a zone", () => {
  test("that is there, open and of the common kind is ok", () => {
    expect(judge(zone("eu-central-1b"))).toMatchObject([
      { state: "ok", message: "eu-central-1a, eu-central-1b are available" },
    ]);
  });

  test.each<[Partial<Zone>, string]>([
    [{ name: "eu-central-1x" }, "is no zone of eu-central-1 for this account"],
    [{ type: "local-zone" }, "is a local-zone, where EKS puts no control plane"],
    [{ id: "use1-az3" }, "is use1-az3, where EKS puts no control plane"],
    [{ enabled: false }, "is not enabled for this account"],
    [{ state: "impaired" }, "is impaired"],
  ])("with %j fails, and the good ones are named", (more, problem) => {
    expect(judge(zone("eu-central-1b", more))).toMatchObject([
      {
        state: "failure",
        message: `eu-central-1b ${problem}`,
        path: ["provider", "availabilityZones", 1],
        expected: "one of eu-central-1a, eu-central-1c".concat(more.name === undefined ? "" : ", eu-central-1x"),
      },
    ]);
  });
});
