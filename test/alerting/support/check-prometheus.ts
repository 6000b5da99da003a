import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../support/project.js";

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PLUGIN = join(projectRoot, "images/maas-agent/check_prometheus.py");
/** What the agent gives a plugin. */
const PATIENCE_MS = 30_000;

/** Runs the agent's plugin as the agent does; `code` is null when it had to be ended. */
export function runCheck(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn("python3", ["-I", PLUGIN, ...args], {
      env: { ...process.env, ...environment },
      timeout: PATIENCE_MS,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
