import { dirname, join } from "node:path";
import {
  etcdMembers,
  fixedAddressOf,
  type ClusterNode,
  type OpenStackClusterConfig,
} from "../../../src/config/cluster-config.js";
import type { SecretsBundle } from "../../../src/pki/bundle.js";
import { prepareBundle } from "../../../src/pki/preparation.js";
import { terraformVariables } from "../../../src/pki/terraform-variables.js";
import { nodeUserData, secretsOf, type TerraformFacts } from "../../support/node-user-data.js";
import { EtcdClient, type EtcdClientOptions } from "./etcd-client.js";
import { EtcdMember } from "./etcd-member.js";
import { EtcdVolume } from "./etcd-volume.js";
import { eventually } from "./eventually.js";
import { decodeUserData } from "./ignition.js";
import { writeIgnition } from "./ignition-root.js";
import { type NodeNetwork } from "./node-network.js";

export interface MemberOptions {
  /** The variable of Terraform that a successful deployment sets. @default false */
  readonly initialised?: boolean;
  /** @default - a new, empty one */
  readonly volume?: EtcdVolume;
}

const ENGINE = join(import.meta.dirname, "etcd-container-engine.sh");

/** The etcd members of a cluster, each on a node made from the user-data that the product renders for it. */
export class EtcdCluster {
  /** By key; on the node that each has now. */
  private readonly members = new Map<string, EtcdMember>();
  private readonly clients: EtcdClient[] = [];

  private constructor(
    private readonly network: NodeNetwork,
    readonly config: OpenStackClusterConfig,
    readonly bundle: SecretsBundle,
    private readonly facts: Pick<TerraformFacts, "objectStore">,
  ) {}

  /** New secrets; no node yet. The network is the caller's to close. */
  static async prepare(
    network: NodeNetwork,
    config: OpenStackClusterConfig,
    facts: Pick<TerraformFacts, "objectStore"> = {},
  ): Promise<EtcdCluster> {
    const { bundle } = await prepareBundle(config, { now: new Date() });
    return new EtcdCluster(network, config, bundle, facts);
  }

  get keys(): readonly string[] {
    return etcdMembers(this.config).map(({ key }) => key);
  }

  /** A new server for the member, without power. The one before must be off. */
  addMember(key: string, { initialised = false, volume }: MemberOptions = {}): EtcdMember {
    const spec = this.spec(key);
    const node = this.network.addNode({
      name: spec.serverName,
      address: fixedAddressOf(spec),
      programs: programs(),
    });
    const disk = volume ?? new EtcdVolume(join(dirname(node.root), "volume"));
    const variables = { ...terraformVariables(this.bundle), initialised };
    const secrets = secretsOf(variables, spec, { ...this.facts, etcdVolumeId: disk.id });
    writeIgnition(decodeUserData(nodeUserData(this.config, spec, secrets)), node.root);
    const member = new EtcdMember(key, node, disk);
    this.members.set(key, member);
    return member;
  }

  /** A node for each of these members, booted, with its volume. */
  async boot(keys: readonly string[] = this.keys): Promise<void> {
    await Promise.all(keys.map((key) => this.addMember(key).boot()));
  }

  /** Starts these members at once, and waits for the quorum. Resolves to what each said of how it starts. */
  async start(keys: readonly string[] = this.keys): Promise<readonly string[]> {
    const decisions = await Promise.all(keys.map((key) => this.member(key).prepareAgain()));
    for (const key of keys) this.member(key).launch();
    await this.healthy(keys);
    return decisions;
  }

  /** Resolves when each of these members answers with the word of a quorum. */
  async healthy(keys: readonly string[] = this.keys): Promise<void> {
    await Promise.all(keys.map((key) => eventually(() => this.client(key).members())));
  }

  async leader(): Promise<EtcdMember> {
    const statuses = await Promise.all(this.keys.map(async (key) => ({ key, ...(await this.client(key).status()) })));
    const leader = statuses.find(({ id, leader }) => id === leader);
    if (leader === undefined) throw new Error("no member leads");
    return this.member(leader.key);
  }

  member(key: string): EtcdMember {
    const member = this.members.get(key);
    if (member === undefined) throw new Error(`${key} has no node`);
    return member;
  }

  /** The API server's way to a member. */
  client(key: string, options: EtcdClientOptions = {}): EtcdClient {
    const { certificate, key: privateKey } = this.bundle.etcdClient;
    const tls = { ca: this.bundle.authorities.etcd.certificate, cert: certificate, key: privateKey };
    const client = new EtcdClient(fixedAddressOf(this.spec(key)), tls, options);
    this.clients.push(client);
    return client;
  }

  /** Ends the connections and the nodes; the disks stay. */
  async powerOff(): Promise<void> {
    for (const client of this.clients.splice(0)) client.close();
    await Promise.all([...this.members.values()].map(({ node }) => node.powerOff()));
  }

  private spec(key: string): ClusterNode {
    const spec = etcdMembers(this.config).find((member) => member.key === key);
    if (spec === undefined) throw new Error(`there is no member ${key}`);
    return spec;
  }
}

/** Docker, and the image of etcd: the programs that lie in it. */
function programs(): Readonly<Record<string, string>> {
  const folder = process.env["KAAS_ETCD_BIN"];
  if (folder === undefined) throw new Error("KAAS_ETCD_BIN is not set: source the env.sh that test/e2e/setup.sh wrote");
  const image = ["etcd", "etcdctl", "etcdutl"].map(
    (program) => [`/var/lib/image/usr/local/bin/${program}`, join(folder, program)] as const,
  );
  return { "/usr/bin/docker": ENGINE, ...Object.fromEntries(image) };
}
