import { type StdioOptions } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { Namespaces } from "./namespaces.js";
import { NodeProcess } from "./node-process.js";
import { BOOT, boundPrograms, createNodeRoot } from "./node-root.js";
import { type Environment } from "./process.js";
import { rootPath } from "./root-path.js";

export interface NodeHostProps {
  /** Host name, unless the node's Ignition writes another. */
  readonly name: string;
  /** IPv4 address on the node network. */
  readonly address: string;
  /**
   * Programs beside those of this machine: paths on the node to files here. Below /usr they appear as those of a system
   * extension do.
   *
   * @default - none
   */
  readonly programs?: Readonly<Record<string, string>>;
}

export interface RunOptions {
  /** Variables beside PATH, HOME and LANG. @default - none */
  readonly environment?: Environment;
  /** Standard input. @default - empty */
  readonly input?: string;
  /** @default 60 */
  readonly timeoutSeconds?: number;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Connection {
  readonly prefix: number;
  readonly gateway: string;
  readonly fabric: Namespaces;
}

const ENVIRONMENT: Environment = {
  PATH: "/opt/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  HOME: "/root",
  LANG: "C.UTF-8",
};
const INTERFACE = "eth0";

/**
 * A node without a machine: a root folder of its own over this machine's /usr, with network, processes, mounts and host
 * name of its own, at its own address. Programs find exactly the paths, addresses and files that the product renders.
 * What it is not: no systemd runs in it, and its /usr is Debian's.
 */
export class NodeHost {
  /** The node's / on this machine. Its /usr, /proc, /sys and /dev exist only inside. */
  readonly root: string;
  readonly name: string;
  readonly address: string;
  private readonly programs: Readonly<Record<string, string>>;
  private readonly extension: string;
  private namespaces: Namespaces | undefined;

  /** Made by {@link NodeNetwork.addNode}. */
  constructor(
    { name, address, programs = {} }: NodeHostProps,
    folder: string,
    private readonly connection: Connection,
  ) {
    this.name = name;
    this.address = address;
    this.programs = programs;
    ({ root: this.root, extension: this.extension } = createNodeRoot(folder, { name, programs }));
  }

  async boot(): Promise<void> {
    if (this.namespaces !== undefined) throw new Error(`${this.name} runs already`);
    const args = [this.root, this.extension, ...boundPrograms(this.root, this.programs)];
    const namespaces = await Namespaces.open(["mount", "uts"], this.name, BOOT, ...args);
    this.namespaces = namespaces;
    const { fabric, prefix, gateway } = this.connection;
    // As Neutron's port does, the address keeps its MAC, so that a replaced node is found at once.
    const mac = ["02", "00", ...this.address.split(".").map((octet) => Number(octet).toString(16).padStart(2, "0"))];
    const cable = `ip link add "$1" type veth peer name ${INTERFACE} address "$2" netns "$3"; ip link set "$1" master switch up`;
    await fabric.inNetwork(cable, this.port, mac.join(":"), `${namespaces.pid}`);
    await namespaces.inNetwork(
      `ip link set lo up; ip address add "$1" dev ${INTERFACE}; ip link set ${INTERFACE} up; ip route add default via "$2"`,
      `${this.address}/${prefix}`,
      gateway,
    );
  }

  /** As by a power cut; the disk stays, and the node can boot again. */
  async powerOff(): Promise<void> {
    const { namespaces } = this;
    if (namespaces === undefined) return;
    this.namespaces = undefined;
    await this.connection.fabric.inNetwork('! ip link show "$1" 2>/dev/null || ip link delete "$1"', this.port);
    await namespaces.close();
  }

  /** Runs a command; fails when it does. Resolves to its standard output. */
  async run(command: string, args: readonly string[] = [], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(command, args, options);
    if (code === 0) return stdout;
    throw new Error(
      `${this.name}: ${[command, ...args].join(" ")} ended with ${code}\n${`${stdout}\n${stderr}`.slice(-6000)}`,
    );
  }

  /** Runs a command that may fail. */
  async attempt(command: string, args: readonly string[] = [], options: RunOptions = {}): Promise<Outcome> {
    const { input, environment = {}, timeoutSeconds = 60 } = options;
    const child = this.spawn(command, args, environment, [input === undefined ? "ignore" : "pipe", "pipe", "pipe"]);
    child.stdin?.end(input);
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    const code = await Promise.race([child.ended, setTimeout(timeoutSeconds * 1000, undefined, { ref: false })]);
    if (code === undefined) {
      await child.stop("SIGKILL");
      throw new Error(`${this.name}: ${command} took more than ${timeoutSeconds} s\n${stderr().slice(-6000)}`);
    }
    return { code, stdout: stdout(), stderr: stderr() };
  }

  /** Starts a program that goes on. @param logFile on the node, for both of its outputs */
  start(command: string, args: readonly string[], logFile: string, environment: Environment = {}): NodeProcess {
    const place = rootPath(this.root, logFile);
    mkdirSync(dirname(place), { recursive: true });
    const log = openSync(place, "a");
    try {
      return this.spawn(command, args, environment, ["ignore", log, log]);
    } finally {
      closeSync(log);
    }
  }

  readFile(path: string): string {
    return readFileSync(rootPath(this.root, path), "utf8");
  }

  /** @param mode permission bits, for a new file */
  writeFile(path: string, contents: string | Buffer, mode = 0o644): void {
    const place = rootPath(this.root, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, contents, { mode });
  }

  /** The switch's end of the cable. */
  private get port(): string {
    const octets = this.address.split(".").map((octet) => Number(octet).toString(16).padStart(2, "0"));
    return `port${octets.join("")}`;
  }

  private spawn(command: string, args: readonly string[], environment: Environment, stdio: StdioOptions): NodeProcess {
    if (this.namespaces === undefined) throw new Error(`${this.name} is off`);
    return new NodeProcess({
      command: this.namespaces.entering(command, args),
      environment: { ...ENVIRONMENT, ...environment },
      stdio,
      label: `${this.name}: ${command}`,
    });
  }
}

/** What a stream has given so far. */
function collect(stream: Readable | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
