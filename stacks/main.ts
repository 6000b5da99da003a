// The app of `cdktf synth|plan|deploy`: every environment below environments/. `kaasctl synth` writes the same bytes.
import { resolve } from "node:path";
import { formatDiagnostics } from "../src/config/diagnostics.js";
import { listEnvironments, loadEnvironment } from "../src/config/environments.js";
import { UserError } from "../src/lib/user-error.js";
import { buildApp, type Environment } from "./build-app.js";

const USER_MISTAKE = 2;

const environments: Environment[] = [];
const reports: string[] = [];
for (const reference of listEnvironments(process.cwd())) {
  const result = loadEnvironment(reference);
  if (result.ok) environments.push({ config: result.config, directory: reference.directory });
  else reports.push(formatDiagnostics(reference.file, result.diagnostics));
}
if (reports.length > 0) {
  process.stderr.write(reports.join("\n"));
  process.exit(USER_MISTAKE);
}
try {
  // cdktf's CLI says where to write by this variable.
  buildApp(environments, resolve(process.env["CDKTF_OUTDIR"] ?? "cdktf.out")).synth();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exit(USER_MISTAKE);
}
