// The least that a program on cdktf and cdk8s can do at start: cold-floor.ts <outdir of the product> <outdir> <file of plain
// charts> <folder of manifests>
import { readBlueprints, synthesizeFloor } from "./floor.js";
import { synthesizePlainCharts } from "./plain-charts.js";

const [productOutdir = "", outdir = "", charts = "", manifests = ""] = process.argv.slice(2);
synthesizeFloor(await readBlueprints(productOutdir), outdir);
synthesizePlainCharts(charts, manifests);
