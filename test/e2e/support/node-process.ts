import { spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { type Readable, type Writable } from "node:stream";
import { type Environment } from "./process.js";

const PATIENCE_MS = 15_000;
/** By its place: PATH is the node's. */
const SETPRIV = "/usr/bin/setpriv";

export interface NodeProcessProps {
  /** A program that forks once, waits, and ends as its child does: unshare and nsenter with a PID namespace. */
  readonly command: readonly [string, ...string[]];
  readonly environment: Environment;
  readonly stdio: StdioOptions;
  /** What the process is, for messages. */
  readonly label: string;
}

/** A program inside namespaces, which ends when this process does, however that comes. */
export class NodeProcess {
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /** Resolves, once everything that it wrote has been read, to its exit code; 128 + n when signal n ended it. */
  readonly ended: Promise<number>;
  private readonly label: string;
  private readonly parent: number;
  private code: number | undefined;

  constructor({ command, environment, stdio, label }: NodeProcessProps) {
    const child = spawn(SETPRIV, ["--pdeathsig", "KILL", ...command], { env: environment, stdio });
    if (child.pid === undefined) throw new Error(`${label}: ${SETPRIV} is missing`);
    this.label = label;
    this.parent = child.pid;
    this.stdin = child.stdin;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    this.ended = once(child, "close").then(([code, signal]) => {
      this.code = (code as number | null) ?? 128 + constants.signals[signal as NodeJS.Signals];
      return this.code;
    });
  }

  get isRunning(): boolean {
    return this.code === undefined;
  }

  /** Of the program itself, as this machine counts; undefined when it has not begun or has ended. */
  get pid(): number | undefined {
    try {
      const text = readFileSync(`/proc/${this.parent}/task/${this.parent}/children`, "utf8");
      return text === "" ? undefined : Number.parseInt(text);
    } catch {
      return undefined;
    }
  }

  /** Asks the program to end, and makes it when it does not. Resolves to its exit code. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number> {
    const deadline = process.hrtime.bigint() + BigInt(PATIENCE_MS) * 1_000_000n;
    let asked = false;
    while (this.isRunning) {
      const { pid } = this;
      const late = process.hrtime.bigint() > deadline;
      if (pid !== undefined && (!asked || late)) {
        asked = true;
        if (late) process.stderr.write(`  ${this.label} does not end by ${signal}: killed\n`);
        kill(pid, late ? "SIGKILL" : signal);
      }
      await Promise.race([this.ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
    return this.ended;
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended by itself a moment ago.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
