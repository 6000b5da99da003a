import { spawn } from "node:child_process";

export type Environment = Readonly<Record<string, string>>;

export interface CommandOptions {
  readonly cwd: string;
  /** Variables beside those of the tests' own process. */
  readonly environment: Environment;
  /** Exit codes that are no failure. @default [0] */
  readonly exitCodes?: readonly number[];
}

/** Runs a command, says how long it took, and fails with the end of what it wrote. Resolves to its standard output. */
export function runCommand(
  label: string,
  binary: string,
  args: readonly string[],
  { cwd, environment, exitCodes = [0] }: CommandOptions,
): Promise<string> {
  const start = process.hrtime.bigint();
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      const ok = code !== null && exitCodes.includes(code);
      const seconds = Number((process.hrtime.bigint() - start) / 1_000_000n) / 1000;
      process.stderr.write(`  ${label} ${ok ? "ok" : `FAILED (${code})`} in ${seconds.toFixed(1)} s\n`);
      if (ok) resolve(stdout);
      else reject(new Error(`${label} ended with ${code}\n${`${stdout}\n${stderr}`.slice(-6000)}`));
    });
  });
}
