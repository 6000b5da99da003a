import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../src/lib/user-error.js";
import { bundle } from "./bundle.js";
import { licenceTexts } from "./licence-texts.js";
import { ARCHITECTURES, NATIVE_PACKAGES } from "./native-packages.js";
import { sbom } from "./sbom.js";
import { shippedPackages } from "./shipped-package.js";

export interface ContextProps {
  /** The repository. */
  readonly root: string;
  /** What is written; what was there of an earlier time is removed. */
  readonly folder: string;
  /** Of kubernetes-auth. */
  readonly version: string;
  /** Of Node in the base. @default - not known yet */
  readonly nodeVersion?: string;
  /** What every file says of its own age. */
  readonly made: Date;
}

const CONTAINERFILE = join(import.meta.dirname, "Containerfile");
const SERVICE = "src/services/auth";
const SQLITE_PACKAGE = "node_modules/@photostructure/sqlite";
const APP = "app";
const DOCUMENTS = "usr/share/doc/kubernetes-auth";
const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;

/**
 * Everything that a container engine needs to build the image, in one folder. The same sources give the same bytes, modes and
 * times.
 *
 *     Containerfile
 *     root/                    what the image adds to its base
 *     native/<architecture>/   what it adds for one processor
 *     state/                   the folder of its volume, empty
 *     sbom.cdx.json
 */
export async function writeContext({ root, folder, version, nodeVersion, made }: ContextProps): Promise<void> {
  emptyFolder(folder);
  const put = (from: string, to: string) => {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(join(root, from), join(folder, to), { recursive: true });
  };
  const app = join("root", APP);
  const metafile = await bundle(root, join(folder, app));
  writeFileSync(join(folder, app, "package.json"), '{ "type": "module" }\n');
  // The service looks for them beside its program.
  put(`${SERVICE}/store/migrations`, join(app, "migrations"));
  put(`${SERVICE}/config-example.yaml`, join(app, "config-example.yaml"));
  for (const { name, files, compiled } of NATIVE_PACKAGES) {
    const place = join("node_modules", name);
    for (const file of files) put(join(place, file), join(app, place, file));
    if (compiled === undefined) continue;
    for (const architecture of ARCHITECTURES) {
      const file = join(place, compiled[architecture]);
      put(file, join("native", architecture, APP, file));
    }
  }

  const packages = shippedPackages(root, metafile);
  put("LICENSE", join("root", DOCUMENTS, "LICENSE"));
  writeFileSync(join(folder, "root", DOCUMENTS, "third-party-licences.txt"), licenceTexts(root, packages.packages));
  const sqlite = { folder: SQLITE_PACKAGE, version: sqliteVersion(root) };
  const list = await sbom({ version, packages, sqlite, made, ...(nodeVersion !== undefined && { nodeVersion }) });
  writeFileSync(join(folder, "sbom.cdx.json"), list);
  mkdirSync(join(folder, "state/kubernetes-auth"), { recursive: true });
  // Folders above the volume that the base lacks would be the volume's owner's.
  mkdirSync(join(folder, "root/var/lib"), { recursive: true });
  cpSync(CONTAINERFILE, join(folder, "Containerfile"));
  sameEverywhere(folder, made);
}

/** Of the sources that are compiled into the package. */
function sqliteVersion(root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, SQLITE_PACKAGE, "package.json"), "utf8")) as {
    readonly versions: { readonly sqlite: string };
  };
  return manifest.versions.sqlite;
}

/** @throws UserError when there is something else than what this program writes */
function emptyFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, "sbom.cdx.json"))) {
    throw new UserError(`${folder} holds something else than an image's contents`, "name another folder");
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Modes and times, from the leaves up: a file that is written touches its folder. */
function sameEverywhere(path: string, made: Date): void {
  const isFolder = lstatSync(path).isDirectory();
  if (isFolder) for (const name of readdirSync(path)) sameEverywhere(join(path, name), made);
  chmodSync(path, isFolder ? FOLDER_MODE : FILE_MODE);
  utimesSync(path, made, made);
}
