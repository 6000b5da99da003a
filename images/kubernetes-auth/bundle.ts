import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { NATIVE_PACKAGES } from "./native-packages.js";

const SERVICE = "src/services/auth";
/** Programs of threads, which the service starts by their files. */
const THREAD = "-thread.js";
/** The oldest Node that is supported. */
const TARGET = "node20.19";
/** Packages in CommonJS ask for Node's own modules by it, and ES modules have none. */
const REQUIRE = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

/**
 * The service and the packages that it imports as `main.js` in a folder, a module. Beside it are chunks with what is imported
 * later, and the programs of its threads. The same sources give the same bytes, wherever they are.
 *
 * @param root of the repository
 * @throws Error when an import leads nowhere
 */
export async function bundle(root: string, folder: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { main: `${SERVICE}/main.ts`, ...threads(root) },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: TARGET,
    external: NATIVE_PACKAGES.map(({ name }) => name),
    banner: { js: REQUIRE },
    // Stack traces name what the sources name. Licences are in a file of their own.
    minify: false,
    keepNames: false,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}

/** By the name that they have beside the module that starts them. */
function threads(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(join(root, SERVICE), { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(THREAD),
  );
  return Object.fromEntries(files.sort().map((path) => [basename(path, ".js"), join(SERVICE, path)]));
}
