import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import ipaddr from "ipaddr.js";
import { Namespaces } from "./namespaces.js";
import { NodeHost, type NodeHostProps } from "./node-host.js";

const execute = promisify(execFile);

/** The interface by which this machine takes part; there can be one such network at a time. */
const HOST_INTERFACE = "kaas0";
const ROOTS = join(tmpdir(), "kaas-nodes");

/**
 * A switch with nodes on it, in namespaces of this machine, which is its gateway: the network of a cluster, with the
 * addresses that the product gives it. Needs root.
 */
export class NodeNetwork {
  /** By which this machine takes part: it ends with the network. */
  readonly hostInterface = HOST_INTERFACE;
  private readonly nodes: NodeHost[] = [];

  private constructor(
    private readonly roots: string,
    private readonly fabric: Namespaces,
    private readonly cidr: string,
    /** This machine on the network: its first address. */
    readonly gateway: string,
  ) {}

  /** @param cidr e.g. 10.0.0.0/22 */
  static async open(cidr: string): Promise<NodeNetwork> {
    await refuseRouted(cidr);
    forgetTheDead();
    const gateway = firstAddress(cidr);
    // A namespace of its own for the switch: this machine's firewall rules do not reach into it.
    const fabric = await Namespaces.open([], "switch", "ip link add switch up type bridge");
    try {
      const cable = ["type", "veth", "peer", "name", "host", "netns", `${fabric.pid}`];
      await execute("ip", ["link", "add", HOST_INTERFACE, ...cable]);
      await execute("ip", ["address", "add", `${gateway}/${prefixOf(cidr)}`, "dev", HOST_INTERFACE]);
      await execute("ip", ["link", "set", HOST_INTERFACE, "up"]);
      await fabric.inNetwork("ip link set host master switch up");
    } catch (error) {
      await fabric.close();
      throw error;
    }
    mkdirSync(ROOTS, { recursive: true });
    return new NodeNetwork(mkdtempSync(join(ROOTS, `${process.pid}-`)), fabric, cidr, gateway);
  }

  /** A node with an empty disk and no power: lay down its Ignition, then boot it. */
  addNode(props: NodeHostProps): NodeHost {
    const folder = join(this.roots, `${this.nodes.length}-${props.name}`);
    mkdirSync(folder);
    const node = new NodeHost(props, folder, {
      prefix: prefixOf(this.cidr),
      gateway: this.gateway,
      fabric: this.fabric,
    });
    this.nodes.push(node);
    return node;
  }

  /** Ends whatever runs, and removes the nodes, their files and the network. */
  async close(): Promise<void> {
    const ends = await Promise.allSettled(this.nodes.map((node) => node.powerOff()));
    // By name: the kernel takes its time to tidy up a namespace that has ended.
    await execute("ip", ["link", "delete", HOST_INTERFACE]);
    await this.fabric.close();
    rmSync(this.roots, { recursive: true, force: true });
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }
}

function firstAddress(cidr: string): string {
  const address = ipaddr.IPv4.networkAddressFromCIDR(cidr);
  const last = address.octets[3] ?? 0;
  return [...address.octets.slice(0, 3), last + 1].join(".");
}

function prefixOf(cidr: string): number {
  return ipaddr.IPv4.parseCIDR(cidr)[1];
}

/** The nodes' exact addresses must be free here: tests that took over a real network would do harm. */
async function refuseRouted(cidr: string): Promise<void> {
  const routes = await Promise.all(
    ["root", "match"].map(async (selector) => {
      const { stdout } = await execute("ip", ["-json", "route", "show", "to", selector, cidr]);
      return JSON.parse(stdout === "" ? "[]" : stdout) as { dst: string; dev?: string }[];
    }),
  );
  const [taken] = routes.flat().filter(({ dst }) => dst !== "default");
  if (taken !== undefined)
    throw new Error(`${cidr} is in use on this machine: ${taken.dst} by ${taken.dev ?? "a route"}`);
}

/** Removes the files of tests that were killed; everything else of them has gone by itself. */
function forgetTheDead(): void {
  if (!existsSync(ROOTS)) return;
  for (const folder of readdirSync(ROOTS)) {
    const [pid = ""] = folder.split("-");
    if (!existsSync(`/proc/${pid}`)) rmSync(join(ROOTS, folder), { recursive: true, force: true });
  }
}
