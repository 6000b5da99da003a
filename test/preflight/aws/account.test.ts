import { expect, test } from "@jest/globals";
import { partitionOf } from "../../../src/preflight/aws/partition.js";

test.each([
  ["eu-central-1", "us-east-1"],
  ["us-gov-east-1", "us-gov-west-1"],
])("%s is asked about in %s, which every account of its partition has", (region, home) => {
  expect(partitionOf(region).homeRegion).toBe(home);
});
