// The charts of one environment, and nothing else: chart-product.ts <environment> <outdir>
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { loadEnvironment, resolveEnvironment } from "../../src/config/environments.js";
import { buildManifests } from "../../charts/build-manifests.js";

const [name = "", outdir = ""] = process.argv.slice(2);
const result = loadEnvironment(resolveEnvironment(process.cwd(), name));
if (!result.ok) throw new Error(`${name} has mistakes`);
buildManifests([plannedCluster(result.config)], outdir);
