import { RESERVED_ADDRESSES } from "../../../src/config/address-plan.js";
import { allNodes, type ClusterNode, type OpenStackClusterConfig } from "../../../src/config/cluster-config.js";
import { type SecretVariables } from "../../../src/config/secret-variables.js";
import { Cidr } from "../../../src/lib/cidr.js";
import { type SecretsBundle } from "../../../src/pki/bundle.js";
import { prepareBundle } from "../../../src/pki/preparation.js";
import { terraformVariables } from "../../../src/pki/terraform-variables.js";
import { nodeUserData, secretsOf } from "../../support/node-user-data.js";
import { decodeUserData, type IgnitionDocument } from "./ignition.js";
import { writeIgnition } from "./ignition-root.js";
import { type NodeHost } from "./node-host.js";
import { type NodeNetwork } from "./node-network.js";

/** What Terraform would know of the cloud. */
const facts = {
  etcdVolumeId: "0f2d7a52-5c1c-4f6e-9d5b-1f7f4b7f2a11",
  objectStore: {
    authUrl: "https://identity.example.com/v3",
    credentialId: "5d9b7b1c0e4f4d6b8a2c3e4f5a6b7c8d",
    credentialSecret: "e2e-credential-secret",
    url: "https://objects.example.com/v1/AUTH_demo",
  },
};

export interface KubernetesNodeOptions {
  /** Programs of the node: its paths to files here. @default - those of this machine only */
  readonly programs?: Readonly<Record<string, string>>;
  /** Of the var-file. @default - as `kaasctl preconfigure` makes it */
  readonly variables?: Partial<SecretVariables>;
}

/** A cluster with its secrets, whose nodes are told what Nova would give them. */
export class KubernetesCluster {
  constructor(
    readonly config: OpenStackClusterConfig,
    readonly bundle: SecretsBundle,
  ) {}

  /** With new secrets. */
  static async prepare(config: OpenStackClusterConfig): Promise<KubernetesCluster> {
    const registryAuth = config.containerImages.mirrorAuth && Buffer.from("kaas:password").toString("base64");
    const { bundle } = await prepareBundle(config, { now: new Date(), registryAuth });
    return new KubernetesCluster(config, bundle);
  }

  node(key: string): ClusterNode {
    const node = allNodes(this.config).find((candidate) => candidate.key === key);
    if (node === undefined) throw new Error(`the cluster has no ${key}`);
    return node;
  }

  /** The documents in the user-data of a node, the outer one first. */
  documents(node: ClusterNode, variables: Partial<SecretVariables> = {}): readonly IgnitionDocument[] {
    const secrets = secretsOf({ ...terraformVariables(this.bundle), ...variables }, node, facts);
    return decodeUserData(nodeUserData(this.config, node, secrets));
  }

  /** A node with its Ignition laid down, and no power yet. It may take the place of one that was powered off. */
  addNode(
    network: NodeNetwork,
    node: ClusterNode,
    { programs = {}, variables = {} }: KubernetesNodeOptions = {},
  ): NodeHost {
    const host = network.addNode({ name: node.key, address: this.addressOf(node), programs });
    writeIgnition(this.documents(node, variables), host.root);
    return host;
  }
  /** Workers take theirs from the pool, as Neutron would hand them out. */
  private addressOf(node: ClusterNode): string {
    const { network, workerPools } = this.config;
    const workers = workerPools.flatMap(({ nodes }) => nodes);
    return node.fixedAddress ?? Cidr.parse(network.nodeCidr).at(RESERVED_ADDRESSES + workers.indexOf(node));
  }
}
