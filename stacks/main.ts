// The app of `cdktf synth|plan|deploy`: every environment below environments/. `kaasctl synth` writes the same bytes.
import { resolve } from "node:path";
import { formatDiagnostics } from "../src/config/diagnostics.js";
import { listEnvironments } from "../src/config/environments.js";
import { loadEnvironments } from "../src/config/load-environments.js";
import { UserError } from "../src/lib/user-error.js";
import { synthesize } from "./synthesize.js";

const USER_MISTAKE = 2;

const { sound, faulty } = loadEnvironments(listEnvironments(process.cwd()));
try {
  for (const { file, diagnostics } of faulty) process.stderr.write(formatDiagnostics(file, diagnostics));
  if (faulty.length > 0) process.exit(USER_MISTAKE);
  // cdktf's CLI says where to write by this variable.
  await synthesize(sound, resolve(process.env["CDKTF_OUTDIR"] ?? "cdktf.out"));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exit(USER_MISTAKE);
}
