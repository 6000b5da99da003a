import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sha256Of } from "../../../charts/crds/definitions-folder.js";
import { allDefinitionFiles, type Lock } from "../../../charts/crds/lock.js";

/** The text of a small definition, as controller-gen begins one. */
export function definitionText(plural: string, kind: string): string {
  return `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.example.com
spec:
  group: example.com
  names: {kind: ${kind}, plural: ${plural}}
  versions:
    - name: v1
      served: true
      schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}
`;
}

/** What upstream of {@link sampleLock} has, by file. */
export const sampleTexts: Readonly<Record<string, string>> = {
  "widgets.yaml": definitionText("widgets", "Widget"),
  "v2/gadgets.yaml": definitionText("gadgets", "Gadget"),
};

/** Of one bundle. @param base address of its upstream */
export function sampleLock(base = "https://upstream.example.com"): Lock {
  const files = Object.entries(sampleTexts).map(([name, text]) => [
    name,
    { sha256: sha256Of(text), definition: `${name.replace(/^v2\/|\.yaml$/g, "")}.example.com` },
  ]);
  return {
    samples: {
      version: "1.2.3",
      url: `${base}/v{version}/{file}`,
      files: Object.fromEntries(files) as Lock[string]["files"],
    },
  };
}

/** A folder of its own for a test. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), "kaas-definitions-"));

  /** Puts a file there, in the layout of definitions. */
  write(name: string, text: string): string {
    const path = join(this.path, "samples/1.2.3", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  fill(): void {
    for (const [name, text] of Object.entries(sampleTexts)) this.write(name, text);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export const sampleFiles = allDefinitionFiles(sampleLock());
