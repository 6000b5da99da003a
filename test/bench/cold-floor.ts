// The least that a program on cdktf can do at start: cold-floor.ts <outdir of the product> <outdir>
import { readBlueprints, synthesizeFloor } from "./floor.js";

const [productOutdir = "", outdir = ""] = process.argv.slice(2);
synthesizeFloor(await readBlueprints(productOutdir), outdir);
