import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const ROOT = resolve(import.meta.dirname, "../../..");
/** USER_HZ of Linux, which no supported machine has otherwise. */
const TICKS_A_SECOND = 100;
const START_ATTEMPTS = 600;
export const ADMIN_TOKEN = "of-the-bench";

/** A server on loopback in a process of its own. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static echo(folder: string, port: number): Promise<ServerProcess> {
    return ServerProcess.start([join(import.meta.dirname, "echo.ts"), String(port)], join(folder, "echo.log"), port);
  }

  /**
   * @param store file of SQLite
   * @param settings more of its configuration, as lines of YAML. Default: none
   */
  static auth(folder: string, port: number, store: string, settings: readonly string[] = []): Promise<ServerProcess> {
    const config = join(folder, `${port}.yaml`);
    const lines = [`listen: 127.0.0.1:${port}`, `store: {type: sqlite, path: ${store}}`, ...settings];
    writeFileSync(config, `${lines.join("\n")}\n`);
    const args = [join(ROOT, "src/services/auth/main.ts"), "-config-file", config, "-admin-token", ADMIN_TOKEN];
    return ServerProcess.start(args, join(folder, `${port}.log`), port);
  }

  private static async start(args: readonly string[], log: string, port: number): Promise<ServerProcess> {
    const output = openSync(log, "a");
    const tsx = ["--import", join(ROOT, "node_modules/tsx/dist/esm/index.mjs")];
    const profile =
      process.env["KAAS_BENCH_CPU_PROFILE"] === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${log}.prof`];
    const child = spawn(process.execPath, [...profile, ...tsx, ...args], { stdio: ["ignore", output, output] });
    closeSync(output);
    const server = new ServerProcess(child, port);
    for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      if (child.exitCode !== null) throw new Error(`a server ended:\n${readFileSync(log, "utf8").slice(-3000)}`);
      if (await listens(port)) return server;
      await delay(100);
    }
    throw new Error(`nothing listens on ${port}`);
  }

  /** Resident memory. */
  get memoryMiB(): number {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.child.pid}/status`, "utf8")) ?? [];
    return Number(kib) / 1024;
  }

  /** Processor time that it has taken, in milliseconds. */
  get processorMs(): number {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return ((Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND) * 1000;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGTERM");
    await ended;
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
