import data from "./lock.json" with { type: "json" };

export interface LockedFile {
  /** Of the file as upstream has it, hexadecimal. */
  readonly sha256: string;
  /** Name of the one definition in it: `ippools.crd.projectcalico.org`. */
  readonly definition: string;
}

/** The definitions of one project at one version. */
export interface LockedBundle {
  /** Of the release, without a leading v. */
  readonly version: string;
  /** Where a file of it is, with `{version}` and `{file}` in their places. */
  readonly url: string;
  /** By name, which may stand in folders: `v1/bases/velero.io_backups.yaml`. */
  readonly files: Readonly<Record<string, LockedFile>>;
}

export type Lock<Name extends string = string> = Readonly<Record<Name, LockedBundle>>;
export type BundleName = keyof typeof data;

/** Every definition that the product installs. One data file, so that a bot can raise it. */
export const definitionsLock: Lock<BundleName> = data;

/** A file of the lock. */
export interface DefinitionFile extends LockedFile {
  readonly bundle: string;
  readonly name: string;
  readonly url: string;
  /** Where it stands in a folder of definitions: folders of two versions can be one. */
  readonly path: string;
}

/** The files of the bundles, bundle by bundle. */
export function definitionFiles<Name extends string>(lock: Lock<Name>, bundles: readonly Name[]): DefinitionFile[] {
  return bundles.flatMap((bundle) => {
    const { version, url, files } = lock[bundle];
    return Object.entries(files).map(([name, file]) => ({
      ...file,
      bundle,
      name,
      url: url.replace("{version}", version).replace("{file}", name),
      path: `${bundle}/${version}/${name}`,
    }));
  });
}

/** Those of every bundle. */
export function allDefinitionFiles(lock: Lock = definitionsLock): DefinitionFile[] {
  return definitionFiles(lock, Object.keys(lock));
}
