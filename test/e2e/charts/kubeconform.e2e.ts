import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { listEnvironments } from "../../../src/config/environments.js";
import { loadEnvironments } from "../../../src/config/load-environments.js";
import { projectRoot } from "../../support/project.js";
import { built } from "../support/control-plane.js";
import { SCHEMA_LOCATION, writeKubeconformSchemas } from "../support/definition-schemas.js";
import { definitionsFolder } from "../support/definitions.js";
import { writeKubernetesSchemas } from "../support/kubernetes-schemas.js";
import { runCommand } from "../support/process.js";
import { manifestFiles } from "./manifests.js";

interface Report {
  /** Of what is not valid alone. */
  readonly resources: readonly { readonly filename: string; readonly kind: string; readonly msg: string }[];
  readonly summary: Readonly<Record<"valid" | "invalid" | "errors" | "skipped", number>>;
}

const { sound: environments } = loadEnvironments(listEnvironments(projectRoot));

describe("kubeconform, strict, with the schemas of Kubernetes and of every definition", () => {
  const folder = mkdtempSync(join(tmpdir(), "kaas-kubeconform-"));
  const schemas = join(folder, "schemas");

  const check = async (manifests: string): Promise<Report> => {
    const options = [
      "-strict",
      "-summary",
      "-output",
      "json",
      "-schema-location",
      join(schemas, SCHEMA_LOCATION),
      manifests,
    ];
    const answer = await runCommand("kubeconform", built("KAAS_KUBECONFORM_BIN", "kubeconform"), options, {
      cwd: folder,
      environment: {},
      exitCodes: [0, 1],
    });
    return JSON.parse(answer) as Report;
  };
  const write = (name: string, text: string): string => {
    const file = join(folder, "manifests", name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
    return file;
  };

  beforeAll(async () => {
    expect(await writeKubernetesSchemas(schemas)).toBeGreaterThan(100);
    expect(await writeKubeconformSchemas(await definitionsFolder(), schemas)).toBeGreaterThan(30);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(environments)("finds every manifest of $name valid, and skips none", async ({ name, config }) => {
    for (const file of manifestFiles(config)) write(join(name, file.name), file.text);
    const { resources, summary } = await check(join(folder, "manifests", name));
    expect(resources).toEqual([]);
    expect(summary).toEqual({ valid: expect.any(Number), invalid: 0, errors: 0, skipped: 0 });
    expect(summary.valid).toBeGreaterThan(50);
  });

  const faulty = {
    "a field that there is not": ["v1", "ConfigMap", { daat: {} }],
    "a number for a text": ["v1", "ConfigMap", { data: { a: 1 } }],
    "a field that there is not, deep inside": [
      "apps/v1",
      "Deployment",
      {
        spec: {
          selector: {},
          template: { spec: { containers: [{ name: "a", resources: { limit: {} } }] } },
        },
      },
    ],
    "a number for an object": ["policy/v1", "Eviction", { deleteOptions: { preconditions: 1 } }],
    "a kind that there is not": ["v1", "Pods", {}],
    "a field that its definition has not": ["monitoring.coreos.com/v1", "PrometheusRule", { spec: { group: [] } }],
  } as const;
  it.each(Object.entries(faulty))("refuses %s", async (name, [apiVersion, kind, fields]) => {
    const metadata = { name: "a" };
    const { summary } = await check(write(`${name}.json`, JSON.stringify({ apiVersion, kind, metadata, ...fields })));
    expect(summary.valid).toBe(0);
    expect(summary.invalid + summary.errors).toBe(1);
  });
});
