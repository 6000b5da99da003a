import { describe, expect, test } from "@jest/globals";
import { awsClients } from "../../../src/preflight/aws/clients.js";
import type { Counted } from "../../../src/preflight/aws/quota-need.js";
import { UsageCounter } from "../../../src/preflight/aws/usage.js";
import { REGION, usePreflightProject } from "../support/preflight-project.js";

const project = usePreflightProject();

describe("what is in use", () => {
  /** moto has no quota of these, so that no report shows them. */
  const count = (counted: Counted) =>
    project().asUser(async () => {
      const clients = awsClients(REGION);
      const usage = await new UsageCounter(clients, "cloud").count(counted);
      clients.close();
      if (usage?.ok !== true) throw new Error(JSON.stringify(usage));
      return usage.value;
    });
  const ec2 = (Action: string, parameters: Readonly<Record<string, string>> = {}) =>
    project().moto.call("ec2", REGION, { Action, ...parameters });
  const tagged = (kind: string, tags: Readonly<Record<string, string>>) =>
    Object.fromEntries([
      ["TagSpecification.1.ResourceType", kind],
      ...Object.entries(tags).flatMap(([key, value], index) => [
        [`TagSpecification.1.Tag.${index + 1}.Key`, key],
        [`TagSpecification.1.Tag.${index + 1}.Value`, value],
      ]),
    ]) as Readonly<Record<string, string>>;
  const run = (type: string, nodes: number, more: Readonly<Record<string, string>> = {}) =>
    ec2("RunInstances", {
      ImageId: "ami-04681a1dbd79675a5",
      InstanceType: type,
      MinCount: `${nodes}`,
      MaxCount: `${nodes}`,
      ...more,
    });

  test("of vCPUs counts running instances by family and capacity, the cluster's own apart", async () => {
    const stopped = await run("m7i.xlarge", 1);
    await ec2("StopInstances", { "InstanceId.1": /<instanceId>(?<id>[^<]+)</.exec(stopped)?.groups?.["id"] ?? "" });
    await run("m7i.xlarge", 2);
    await run("c7g.2xlarge", 1, tagged("instance", { "kaas.cluster": "cloud" }));
    await run("m7i.large", 1, tagged("instance", { "eks:cluster-name": "cloud" }));
    await run("m7i.large", 1, tagged("instance", { "kaas.cluster": "other" }));
    await run("g6.xlarge", 3);
    await run("m7i.large", 4, { "InstanceMarketOptions.MarketType": "spot" });
    const standard = { what: "vcpus", family: "standard" } as const;
    expect(await count({ ...standard, capacity: "on-demand" })).toEqual({ used: 2 * 4 + 8 + 2 + 2, own: 8 + 2 });
    expect(await count({ ...standard, capacity: "spot" })).toEqual({ used: 4 * 2, own: 0 });
    expect(await count({ what: "vcpus", family: "G and VT", capacity: "on-demand" })).toEqual({ used: 12, own: 0 });
  });

  test("of gp3 storage counts that kind alone, and as the cluster's own what nodes have, not what workloads have", async () => {
    const volume = (kind: string, sizeGiB: number, more: Readonly<Record<string, string>> = {}) =>
      ec2("CreateVolume", { AvailabilityZone: `${REGION}a`, VolumeType: kind, Size: `${sizeGiB}`, ...more });
    await volume("gp2", 512);
    await volume("gp3", 256);
    await volume("gp3", 128, tagged("volume", { "kaas.cluster": "cloud", "kaas.role": "worker" }));
    await volume("gp3", 64, tagged("volume", { "kaas.cluster": "cloud" }));
    expect(await count({ what: "gp3-storage" })).toEqual({ used: 448 / 1024, own: 128 / 1024 });
  });

  test("of addresses and gateways counts each", async () => {
    await ec2("AllocateAddress", { Domain: "vpc" });
    await ec2("AllocateAddress", { Domain: "vpc", ...tagged("elastic-ip", { "kaas.cluster": "cloud" }) });
    await ec2("CreateInternetGateway");
    expect(await count({ what: "elastic-ips" })).toEqual({ used: 2, own: 1 });
    expect(await count({ what: "internet-gateways" })).toEqual({ used: 1, own: 0 });
  });

  test("is counted over all pages of an answer", async () => {
    for (let start = 0; start < 510; start += 10)
      await Promise.all(Array.from({ length: 10 }, () => run("t3.nano", 1)));
    const used = await count({ what: "vcpus", family: "standard", capacity: "on-demand" });
    expect(used).toEqual({ used: 510 * 2, own: 0 });
  });
});
