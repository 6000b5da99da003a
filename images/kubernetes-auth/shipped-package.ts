import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { NATIVE_PACKAGES } from "./native-packages.js";

/** A package of npm whose code is in the image. */
export interface ShippedPackage {
  /** From the repository's root. */
  readonly folder: string;
  readonly manifest: PackageManifest;
  /** Folders of the packages that its code imports. */
  readonly imports: readonly string[];
}

/** What npm asks of package.json. */
interface PackageManifest {
  readonly name: string;
  readonly version: string;
  /** Of SPDX. */
  readonly license: string;
}

/** Of packages that declare none, as their readmes say. */
const UNDECLARED_LICENCES: Readonly<Record<string, string>> = { only: "MIT" };

export interface ShippedPackages {
  readonly packages: readonly ShippedPackage[];
  /** Folders of the packages that the service itself imports. */
  readonly direct: readonly string[];
}

const MODULES = "node_modules/";

/**
 * Those of which something is left in a bundle, and those beside it; by folder.
 *
 * @throws Error when the licence of one is not known
 */
export function shippedPackages(root: string, { inputs, outputs }: Metafile): ShippedPackages {
  const left = Object.values(outputs)
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file);
  const native = NATIVE_PACKAGES.map(({ name }) => `${MODULES}${name}`);
  const folders = sortedUnique([...left.flatMap((file) => packageFolder(file) ?? []), ...native]);

  const importsOf = (files: readonly string[], own?: string) =>
    sortedUnique(
      files
        .flatMap((file) => inputs[file]?.imports ?? [])
        .flatMap(({ path, external }) => (external === true ? externalFolder(path) : packageFolder(path)) ?? [])
        .filter((folder) => folder !== own && folders.includes(folder)),
    );
  const packages = folders.map((folder) => {
    const manifest = readManifest(root, folder);
    const files = left.filter((file) => packageFolder(file) === folder);
    return { folder, manifest, imports: [...importsOf(files, folder), ...importsBesideBundle(folder)] };
  });
  return { packages, direct: importsOf(left.filter((file) => packageFolder(file) === undefined)) };
}

function readManifest(root: string, folder: string): PackageManifest {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Partial<PackageManifest>;
  const { name = "", license = UNDECLARED_LICENCES[name] } = manifest;
  if (typeof license !== "string") throw new Error(`${folder} declares no licence: say here what its files say`);
  return { ...(manifest as PackageManifest), license };
}

/** Of the innermost package that a file is of; none when it is ours. */
function packageFolder(file: string): string | undefined {
  const start = file.lastIndexOf(MODULES);
  if (start < 0) return undefined;
  const name = /^(@[^/]+\/)?[^/]+/.exec(file.slice(start + MODULES.length))?.[0] ?? "";
  return file.slice(0, start + MODULES.length) + name;
}

/** Others that are external are Node's own, or optional and absent. */
function externalFolder(path: string): string | undefined {
  return NATIVE_PACKAGES.some(({ name }) => name === path) ? MODULES + path : undefined;
}

/** esbuild does not look into them. */
function importsBesideBundle(folder: string): readonly string[] {
  const named = NATIVE_PACKAGES.find(({ name }) => folder === MODULES + name);
  return (named?.imports ?? []).map((name) => MODULES + name);
}

function sortedUnique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
