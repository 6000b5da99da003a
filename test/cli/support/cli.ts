import { run } from "../../../src/cli/run.js";
import type { CliIo, TextStream } from "../../../src/cli/io.js";

export interface CliOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A stream that keeps what it is given. */
class Recording implements TextStream {
  text = "";

  constructor(
    readonly isTTY: boolean,
    readonly columns: number,
  ) {}

  write(text: string): void {
    this.text += text;
  }
}

export interface CliWorld {
  readonly cwd: string;
  readonly env?: CliIo["env"];
  readonly now?: CliIo["now"];
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Runs kaasctl in this process. */
export async function kaasctl(world: CliWorld, ...argv: readonly string[]): Promise<CliOutcome> {
  const { cwd, env = {}, now = () => new Date("2026-11-21T10:00:00Z"), isTTY = false, columns = 100 } = world;
  const stdout = new Recording(isTTY, columns);
  const stderr = new Recording(isTTY, columns);
  const exitCode = await run(argv, { stdout, stderr, env, cwd, now });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

/** The document of `--output json`. */
export function parseJson(outcome: CliOutcome): Readonly<Record<string, unknown>> {
  return JSON.parse(outcome.stdout) as Readonly<Record<string, unknown>>;
}
