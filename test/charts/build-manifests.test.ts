import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { parseAllDocuments } from "yaml";
import { buildManifests } from "../../charts/build-manifests.js";
import { ownerLabels } from "../../charts/shared/labels.js";
import { plannedCluster } from "../../src/config/cluster-outputs.js";
import { listEnvironments, loadEnvironment } from "../../src/config/environments.js";
import { expectGolden } from "../support/golden.js";
import { TemporaryProject } from "../support/project.js";
import type { Manifest } from "./manifests.js";

/** What every other chart stands on, in the order of application. */
const BASE = ["namespaces", "priorities", "access", "policies"];

const project = new TemporaryProject();
afterAll(() => {
  project.remove();
});
const configs = listEnvironments(project.root).map((reference) => {
  const result = loadEnvironment(reference);
  if (!result.ok) throw new Error(`${reference.name} has mistakes`);
  return result.config;
});
const outdir = join(project.root, "dist");
buildManifests(
  configs.map((config) => plannedCluster(config)),
  outdir,
);

const filesOf = (name: string, folder = outdir) => readdirSync(join(folder, name)).sort();
const read = (name: string, file: string, folder = outdir) => readFileSync(join(folder, name, file), "utf8");

describe.each(configs.map(({ name }) => name))("the manifests of %s", (name) => {
  it.each(BASE.map((chart, index) => [chart, `${index}`.padStart(4, "0")] as const))(
    "of %s are as reviewed, and the first to be applied",
    (chart, number) => {
      expectGolden(`charts/${name}/${chart}.k8s.yaml`, read(name, `${number}-${chart}.k8s.yaml`));
    },
  );

  it("are numbered without a gap, one file a chart", () => {
    const numbers = filesOf(name).map((file) => /^(\d{4})-[a-z0-9-]+\.k8s\.yaml$/.exec(file)?.[1]);
    expect(numbers).toEqual(numbers.map((_, index) => `${index}`.padStart(4, "0")));
  });

  it("say of every object of the base that the platform owns it", () => {
    for (const file of filesOf(name).slice(0, BASE.length)) {
      const manifests = parseAllDocuments(read(name, file)).map((document) => document.toJS() as Manifest);
      expect(manifests.length).toBeGreaterThan(0);
      for (const { metadata } of manifests) expect(metadata.labels).toMatchObject(ownerLabels);
    }
  });
});

it("manifests are the same bytes when they are made again", () => {
  const again = join(project.root, "again");
  buildManifests(
    configs.map((config) => plannedCluster(config)),
    again,
  );
  for (const { name } of configs) {
    expect(filesOf(name, again)).toEqual(filesOf(name));
    for (const file of filesOf(name)) expect(read(name, file, again)).toBe(read(name, file));
  }
});
