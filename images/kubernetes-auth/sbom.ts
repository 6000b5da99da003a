import { createHash } from "node:crypto";
import { Contrib, Enums, Models, Serialize, Spec, Validation } from "@cyclonedx/cyclonedx-library";
import parseExpression from "spdx-expression-parse";
import type { ShippedPackages } from "./shipped-package.js";

export interface SbomProps {
  /** Of kubernetes-auth. */
  readonly version: string;
  readonly packages: ShippedPackages;
  /** Of SQLite, which is compiled into a package. */
  readonly sqlite: { readonly folder: string; readonly version: string };
  /** Without its `v`. @default - the image that the contents go on is not known yet: Node is listed without a version */
  readonly nodeVersion?: string;
  /** What it says of its own age. */
  readonly made: Date;
}

const SPEC = Spec.Spec1dot6;
const licences = new Contrib.License.Factories.LicenseFactory((text) => void parseExpression(text));

/**
 * What is in the image as CycloneDX 1.6, in JSON: the packages whose code is in it and which of them needs which, SQLite and
 * Node. What the base brings beside Node it says itself, in /var/lib/dpkg/status.d, where scanners look. The same contents
 * give the same bytes, serial number included.
 *
 * @throws Error when the schema of CycloneDX refuses it
 */
export async function sbom(props: SbomProps): Promise<string> {
  const bom = describe(props);
  const unnumbered = serialize(bom);
  bom.serialNumber = `urn:uuid:${uuidOf(unnumbered)}`;
  const text = `${serialize(bom)}\n`;
  const refusal: unknown = await new Validation.JsonStrictValidator(SPEC.version).validate(text);
  if (refusal !== null) throw new Error(`the list of contents is no CycloneDX: ${JSON.stringify(refusal)}`);
  return text;
}

function describe({ version, packages: { packages, direct }, sqlite, nodeVersion, made }: SbomProps): Models.Bom {
  const image = new Models.Component(Enums.ComponentType.Container, "kubernetes-auth", {
    bomRef: "kubernetes-auth",
    version,
    licenses: new Models.LicenseRepository([licences.makeFromString("Apache-2.0")]),
  });
  const node = nodeComponent(nodeVersion);
  const engine = sqliteComponent(sqlite.version);
  const { Builders, Factories } = Contrib.FromNodePackageJson;
  const builder = new Builders.ComponentBuilder(new Factories.ExternalReferenceFactory(), licences);
  const components = new Map(
    packages.map(({ folder, manifest }) => {
      const component = builder.makeComponent(manifest, Enums.ComponentType.Library);
      if (component === undefined) throw new Error(`${folder}/package.json names no package`);
      component.purl = `pkg:npm/${manifest.name.replace("@", "%40")}@${manifest.version}`;
      // Two copies of one version can be there: where npm puts them tells them apart.
      component.bomRef.value = folder.replaceAll("node_modules/", "");
      return [folder, component];
    }),
  );
  const refOf = (folder: string) => {
    const component = components.get(folder);
    if (component === undefined) throw new Error(`${folder} is imported, and not among the packages`);
    return component.bomRef;
  };
  for (const { folder, imports } of packages) {
    for (const imported of imports) components.get(folder)?.dependencies.add(refOf(imported));
  }
  components.get(sqlite.folder)?.dependencies.add(engine.bomRef);
  for (const ref of [node.bomRef, ...direct.map(refOf)]) image.dependencies.add(ref);
  return new Models.Bom({
    metadata: new Models.Metadata({
      timestamp: made,
      component: image,
      lifecycles: new Models.LifecycleRepository([Enums.LifecyclePhase.Build]),
    }),
    components: new Models.ComponentRepository([...components.values(), engine, node]),
  });
}

function nodeComponent(version: string | undefined): Models.Component {
  return new Models.Component(Enums.ComponentType.Platform, "node", {
    bomRef: "node",
    licenses: new Models.LicenseRepository([licences.makeFromString("MIT")]),
    ...(version !== undefined && {
      version,
      purl: `pkg:generic/node@${version}`,
      cpe: `cpe:2.3:a:nodejs:node.js:${version}:*:*:*:*:*:*:*`,
    }),
  });
}

function sqliteComponent(version: string): Models.Component {
  return new Models.Component(Enums.ComponentType.Library, "sqlite", {
    bomRef: "sqlite",
    version,
    purl: `pkg:generic/sqlite@${version}`,
    cpe: `cpe:2.3:a:sqlite:sqlite:${version}:*:*:*:*:*:*:*`,
    licenses: new Models.LicenseRepository([licences.makeFromString("blessing")]),
  });
}

function serialize(bom: Models.Bom): string {
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(SPEC));
  return serializer.serialize(bom, { sortLists: true, space: 2 });
}

/** Version 8, which leaves the bits to us. Source: RFC 9562, section 5.8 */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
