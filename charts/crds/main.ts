// `npm run crds -- --help`: custom resource definitions, their lock file and their types.
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../../src/lib/user-error.js";
import { runCommandLine } from "./command-line.js";
import { DownloadError } from "./download.js";
import { definitionsLock } from "./lock.js";
import { writtenKinds } from "./written-kinds.js";

const FAILURE = 1;
const USER_MISTAKE = 2;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

try {
  await runCommandLine(process.argv.slice(2), {
    lock: definitionsLock,
    lockFile: fileURLToPath(new URL("lock.json", import.meta.url)),
    generatedFolder: fileURLToPath(new URL("generated", import.meta.url)),
    written: writtenKinds,
    cwd: process.cwd(),
    cacheFolder: join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "kaas", "definitions"),
    say,
    print: (text) => {
      process.stdout.write(`${text}\n`);
    },
  });
} catch (error) {
  if (error instanceof UserError) {
    say(error.message);
    if (error.remedy !== undefined) say(error.remedy);
    process.exitCode = USER_MISTAKE;
  } else if (error instanceof DownloadError) {
    say(error.message);
    process.exitCode = FAILURE;
  } else {
    throw error;
  }
}
