// The app of `cdk8s synth`: the manifests of every environment below environments/, in dist/<cluster>/.
import { resolve } from "node:path";
import { formatDiagnostics } from "../src/config/diagnostics.js";
import { listEnvironments } from "../src/config/environments.js";
import { loadEnvironments } from "../src/config/load-environments.js";
import { plannedCluster } from "../src/config/cluster-outputs.js";
import { buildManifests } from "./build-manifests.js";

const USER_MISTAKE = 2;

const { sound, faulty } = loadEnvironments(listEnvironments(process.cwd()));
for (const { file, diagnostics } of faulty) process.stderr.write(formatDiagnostics(file, diagnostics));
if (faulty.length > 0) process.exit(USER_MISTAKE);
// cdk8s's CLI says where to write by this variable.
buildManifests(
  sound.map(({ config }) => plannedCluster(config)),
  resolve(process.env["CDK8S_OUTDIR"] ?? "dist"),
);
