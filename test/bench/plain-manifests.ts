import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

/** The objects of one chart's file. */
export interface PlainChart {
  readonly file: string;
  readonly objects: readonly unknown[];
}

/** Writes what the product made as JSON, which the floor reads at next to no cost: what is measured is cdk8s. */
export function writePlainCharts(productFolder: string, file: string): void {
  const charts = readdirSync(productFolder).map((name): PlainChart => {
    const documents = parseAllDocuments(readFileSync(join(productFolder, name), "utf8"));
    return { file: name, objects: documents.map((document) => document.toJS() as unknown) };
  });
  writeFileSync(file, JSON.stringify(charts));
}

/** @throws when the floor wrote other bytes than the product, which would make the ratio meaningless */
export function assertSameManifests(productFolder: string, floorFolder: string): void {
  for (const name of readdirSync(productFolder)) {
    const [product, floor] = [productFolder, floorFolder].map((folder) => readFileSync(join(folder, name), "utf8"));
    if (product !== floor) throw new Error(`the floor is no measure: its ${name} is not the product's`);
  }
}
