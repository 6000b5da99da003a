import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { NodeProcess } from "./node-process.js";

const execute = promisify(execFile);

/**
 * Namespaces of Linux that live as long as one idle process, their init, does. Interfaces, mounts and programs in them
 * vanish with it; nothing needs to be undone, even when the tests are killed.
 */
export class Namespaces {
  private constructor(
    private readonly init: NodeProcess,
    /** Of their init, as this machine counts: what `ip link … netns` takes. */
    readonly pid: number,
    private readonly kinds: readonly string[],
  ) {}

  /**
   * @param kinds beside "pid" and "net", as unshare and nsenter call them
   * @param script for sh, which prepares them from inside; its arguments follow
   */
  static async open(kinds: readonly string[], label: string, script: string, ...args: string[]): Promise<Namespaces> {
    const all = ["pid", "net", ...kinds];
    // Orphans are inherited by init: who ignores SIGCHLD has no zombies.
    const idle = "\necho ready; exec env --ignore-signal=CHLD sleep infinity";
    const command = ["--fork", "--kill-child", ...all.map((kind) => `--${kind}`)];
    const init = new NodeProcess({
      command: ["unshare", ...command, "sh", "-euc", script + idle, "sh", ...args],
      environment: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
      stdio: ["ignore", "pipe", "pipe"],
      label,
    });
    let stderr = "";
    init.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const ready = new Promise<true>((resolve) =>
      init.stdout?.once("data", () => {
        resolve(true);
      }),
    );
    const outcome = await Promise.race([ready, init.ended]);
    if (outcome !== true || init.pid === undefined) throw new Error(`${label}: no namespaces: ${stderr}`);
    return new Namespaces(init, init.pid, all);
  }

  /** Runs a script of sh that sees this machine's files and these namespaces' network. */
  async inNetwork(script: string, ...args: string[]): Promise<void> {
    const command = ["--target", `${this.pid}`, "--net", "sh", "-euc", script, "sh", ...args];
    await execute("nsenter", command);
  }

  /** The command line that runs a program in all of them. */
  entering(command: string, args: readonly string[]): [string, ...string[]] {
    const kinds = this.kinds.map((kind) => `--${kind}`);
    return ["nsenter", "--target", `${this.pid}`, ...kinds, "--root", "--wd", "--", command, ...args];
  }

  /** Ends every program in them at once, as a power cut does. */
  async close(): Promise<void> {
    await this.init.stop("SIGKILL");
  }
}
