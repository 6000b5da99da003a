// The least that a program on cdk8s can do at start: chart-floor.ts <file of plain charts> <outdir>
import { synthesizePlainCharts } from "./plain-charts.js";

const [file = "", outdir = ""] = process.argv.slice(2);
synthesizePlainCharts(file, outdir);
