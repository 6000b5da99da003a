import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ApiObject, App, Chart, Yaml, type ApiObjectProps } from "cdk8s";
import type { PlainChart } from "./plain-manifests.js";

/** The floor: the same objects as plain data, by cdk8s' classes alone, written to disk by cdk8s. */
export function synthesizePlainCharts(file: string, outdir: string): void {
  mkdirSync(outdir, { recursive: true });
  const charts = JSON.parse(readFileSync(file, "utf8")) as readonly PlainChart[];
  for (const { file: name, objects } of charts) {
    const chart = new Chart(new App(), "chart");
    objects.forEach((object, index) => new ApiObject(chart, String(index), object as ApiObjectProps));
    Yaml.save(join(outdir, name), chart.toJson() as unknown[]);
  }
}
