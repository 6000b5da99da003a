import { environmentOf, NodeUnit } from "./etcd-unit.js";
import { type EtcdVolume } from "./etcd-volume.js";
import { eventually } from "./eventually.js";
import { type NodeHost, type Outcome } from "./node-host.js";
import { type NodeProcess } from "./node-process.js";

const UNIT = "kaas-etcd.service";

/** A node that the product's user-data makes an etcd member, and what its systemd would do. */
export class EtcdMember {
  constructor(
    /** `etcd-0` */
    readonly key: string,
    readonly node: NodeHost,
    readonly volume: EtcdVolume,
  ) {}

  get address(): string {
    return this.node.address;
  }

  /** What /etc/etcd/etcd.env says. */
  get settings(): Readonly<Record<string, string>> {
    return environmentOf(this.node.readFile("/etc/etcd/etcd.env"));
  }

  /** Power, and the volume attached and mounted. */
  async boot(): Promise<void> {
    await this.node.boot();
    await this.volume.attach(this.node);
    const { code, stderr } = await this.unit("kaas-etcd-volume.service").run();
    if (code !== 0) throw new Error(`${this.key}: no volume: ${stderr}`);
  }

  /** What the member's unit does before etcd starts: it is decided how. */
  async prepare(): Promise<Outcome> {
    return this.unit(UNIT).prepare();
  }

  /** The same, again until it ends well, as systemd does. Resolves to what it said at last. */
  async prepareAgain(): Promise<string> {
    return eventually(async () => {
      const { code, stdout, stderr } = await this.prepare();
      if (code !== 0) throw new Error(`${this.key} does not come to start: ${stderr}`);
      return stdout;
    });
  }

  /** Starts etcd as it was decided. */
  launch(): NodeProcess {
    return this.unit(UNIT).start();
  }

  unit(name: string): NodeUnit {
    return new NodeUnit(this.node, name);
  }

  /** What etcd has said since the node's disk was new, a JSON object a line. */
  log(): readonly Readonly<Record<string, unknown>>[] {
    const lines = this.node.readFile(this.unit(UNIT).logFile).split("\n");
    return lines
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  }
}
