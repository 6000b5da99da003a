import {
  DescribeAddressesCommand,
  paginateDescribeInstances,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  paginateDescribeVpcs,
  type Tag,
} from "@aws-sdk/client-ec2";
import { paginateListClusters } from "@aws-sdk/client-eks";
import { ClusterIdentity } from "../../config/cluster-identity.js";
import { ask, type Answer } from "./answer.js";
import type { AwsClients } from "./clients.js";
import { findInstanceTypes } from "./instance-types.js";
import { familyOf } from "./quota-codes.js";
import type { Counted } from "./quota-need.js";
import { tagsByKey } from "./tags.js";

/** What counts against a quota now. */
export interface Usage {
  /** Everybody's in the account. */
  readonly used: number;
  /** The cluster's own part, of an earlier run: what is there need not be made again. */
  readonly own: number;
}

/** Counts what an account has in a region. Each question is asked once, however many quotas it concerns. */
export class UsageCounter {
  private readonly answers = new Map<string, Promise<Answer<readonly Item[]>>>();

  constructor(
    private readonly clients: AwsClients,
    private readonly clusterName: string,
  ) {}

  /** @returns undefined for what is not counted */
  async count(counted: Counted): Promise<Answer<Usage> | undefined> {
    switch (counted.what) {
      case "nothing":
        return { ok: true, value: { used: 0, own: 0 } };
      case "not-asked":
        return undefined;
      case "nat-gateways":
        return this.sum("nat-gateways", ({ group }) => group === counted.zone);
      case "vcpus":
        return this.sum("vcpus", ({ group }) => group === `${counted.capacity} ${counted.family}`);
      case "vpcs":
      case "internet-gateways":
      case "elastic-ips":
      case "gp3-storage":
      case "clusters":
        return this.sum(counted.what, () => true);
    }
  }

  private async sum(what: Question, counts: (item: Item) => boolean): Promise<Answer<Usage>> {
    let asked = this.answers.get(what);
    if (asked === undefined) {
      asked = QUESTIONS[what](this.clients, this.clusterName);
      this.answers.set(what, asked);
    }
    const answer = await asked;
    if (!answer.ok) return answer;
    const items = answer.value.filter(counts);
    return { ok: true, value: { used: total(items), own: total(items.filter(({ own }) => own)) } };
  }
}

/** One thing of the account, or a part of it. */
interface Item {
  /** In the unit of the quota. */
  readonly size: number;
  readonly own: boolean;
  /** What it is told from others by: its zone, its family. */
  readonly group?: string;
}

type Question = Exclude<Counted["what"], "nothing" | "not-asked">;
type Find = (clients: AwsClients, clusterName: string) => Promise<Answer<readonly Item[]>>;

const total = (items: readonly Item[]): number => items.reduce((sum, { size }) => sum + size, 0);

/** EC2 answers a question without it in one piece, which takes long in a large account. */
const pageSize = 500;

const QUESTIONS: Readonly<Record<Question, Find>> = {
  vpcs: ({ ec2: client }, cluster) =>
    ask("ec2:DescribeVpcs", async (abortSignal) => {
      const items: Item[] = [];
      for await (const { Vpcs = [] } of paginateDescribeVpcs({ client, pageSize }, {}, { abortSignal })) {
        items.push(...Vpcs.map(({ Tags }) => ({ size: 1, own: isOwn(Tags, cluster) })));
      }
      return items;
    }),
  "internet-gateways": ({ ec2: client }, cluster) =>
    ask("ec2:DescribeInternetGateways", async (abortSignal) => {
      const items: Item[] = [];
      const pages = paginateDescribeInternetGateways({ client, pageSize }, {}, { abortSignal });
      for await (const { InternetGateways = [] } of pages) {
        items.push(...InternetGateways.map(({ Tags }) => ({ size: 1, own: isOwn(Tags, cluster) })));
      }
      return items;
    }),
  "elastic-ips": ({ ec2 }, cluster) =>
    ask("ec2:DescribeAddresses", async (abortSignal) => {
      const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}), { abortSignal });
      return Addresses.map(({ Tags }) => ({ size: 1, own: isOwn(Tags, cluster) }));
    }),
  "gp3-storage": ({ ec2: client }, cluster) =>
    ask("ec2:DescribeVolumes", async (abortSignal) => {
      const items: Item[] = [];
      const filters = { Filters: [{ Name: "volume-type", Values: ["gp3"] }] };
      for await (const { Volumes = [] } of paginateDescribeVolumes({ client, pageSize }, filters, { abortSignal })) {
        // Volumes of workloads bear the cluster's tags without a role: what nodes need does not stand for them.
        items.push(
          ...Volumes.map(({ Size = 0, Tags }) => ({ size: Size / GIB_PER_TIB, own: isOwn(Tags, cluster, "worker") })),
        );
      }
      return items;
    }),
  "nat-gateways": ({ ec2: client }, cluster) =>
    ask("ec2:DescribeNatGateways", async (abortSignal) => {
      const zones = new Map<string, string>();
      for await (const { Subnets = [] } of paginateDescribeSubnets({ client, pageSize }, {}, { abortSignal })) {
        for (const { SubnetId = "", AvailabilityZone = "" } of Subnets) zones.set(SubnetId, AvailabilityZone);
      }
      const items: Item[] = [];
      const filter = { Filter: [{ Name: "state", Values: ["pending", "available", "deleting"] }] };
      for await (const { NatGateways = [] } of paginateDescribeNatGateways({ client, pageSize }, filter, {
        abortSignal,
      })) {
        items.push(
          ...NatGateways.map(({ SubnetId = "", Tags }) => ({
            size: 1,
            own: isOwn(Tags, cluster),
            group: zones.get(SubnetId) ?? "",
          })),
        );
      }
      return items;
    }),
  vcpus: async (clients, cluster) => {
    const instances = await findInstances(clients, cluster);
    if (!instances.ok) return instances;
    // What an instance counts for is its type's figure, even with processors switched off.
    const types = await findInstanceTypes(
      clients,
      instances.value.map(({ type }) => type),
    );
    if (!types.ok) return types;
    const items = instances.value.map(({ type, capacity, own }) => ({
      size: types.value.get(type)?.vcpus ?? 0,
      own,
      group: `${capacity} ${familyOf(type).title}`,
    }));
    return { ok: true, value: items };
  },
  clusters: ({ eks: client }, cluster) =>
    ask("eks:ListClusters", async (abortSignal) => {
      const items: Item[] = [];
      for await (const { clusters = [] } of paginateListClusters({ client }, {}, { abortSignal })) {
        items.push(...clusters.map((name) => ({ size: 1, own: name === cluster })));
      }
      return items;
    }),
};

const GIB_PER_TIB = 1024;

interface Instance {
  readonly type: string;
  readonly capacity: string;
  readonly own: boolean;
}

function findInstances({ ec2: client }: AwsClients, cluster: string): Promise<Answer<readonly Instance[]>> {
  return ask("ec2:DescribeInstances", async (abortSignal) => {
    const found: Instance[] = [];
    const filters = { Filters: [{ Name: "instance-state-name", Values: ["pending", "running"] }] };
    for await (const { Reservations = [] } of paginateDescribeInstances({ client, pageSize }, filters, {
      abortSignal,
    })) {
      for (const { InstanceType = "", InstanceLifecycle = "on-demand", Tags } of Reservations.flatMap(
        ({ Instances = [] }) => Instances,
      )) {
        const own = isOwn(Tags, cluster) || tagsByKey(Tags)["eks:cluster-name"] === cluster;
        found.push({ type: InstanceType, capacity: InstanceLifecycle, own });
      }
    }
    return found;
  });
}

function isOwn(tags: readonly Tag[] | undefined, cluster: string, role?: "worker"): boolean {
  return new ClusterIdentity(cluster).marks(tagsByKey(tags), role);
}
