// The app of `cdk8s synth`: the manifests of every environment below environments/, in dist/<cluster>/. `kaasctl synth` writes
// the same bytes.
import { resolve } from "node:path";
import { formatDiagnostics } from "../src/config/diagnostics.js";
import { listEnvironments } from "../src/config/environments.js";
import { loadClusters } from "../src/config/load-clusters.js";
import { loadEnvironments } from "../src/config/load-environments.js";
import { UserError } from "../src/lib/user-error.js";
import { writeManifests } from "./write-manifests.js";

const USER_MISTAKE = 2;

try {
  const environments = loadEnvironments(listEnvironments(process.cwd()));
  const { clusters, faulty } = loadClusters(environments.sound);
  const mistaken = [...environments.faulty, ...faulty];
  for (const { file, diagnostics } of mistaken) process.stderr.write(formatDiagnostics(file, diagnostics));
  if (mistaken.length > 0) process.exit(USER_MISTAKE);
  // cdk8s's CLI says where to write by this variable.
  await writeManifests(clusters, resolve(process.env["CDK8S_OUTDIR"] ?? "dist"), "name another folder with --output");
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exit(USER_MISTAKE);
}
