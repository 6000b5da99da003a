// Fails when lib/ is not what schema.json gives: generates once more beside it and compares.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

// Inside the package: elsewhere the declarations would not find cdktf.
const scratch = mkdtempSync(join(import.meta.dirname, ".check-"));
try {
  execFileSync(process.execPath, [join(import.meta.dirname, "generate.mjs"), scratch], { stdio: "inherit" });
  const [expected, actual] = [scratch, import.meta.dirname].map((folder) => contentsOf(join(folder, "lib")));
  const differing = [...new Set([...expected.keys(), ...actual.keys()])].filter(
    (file) => expected.get(file) !== actual.get(file),
  );
  if (differing.length > 0) {
    process.stderr.write(
      `lib/ is not what schema.json gives; npm run prepare mends it:\n  ${differing.join("\n  ")}\n`,
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function contentsOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(folder.length + 1), readFileSync(file, "utf8")];
    }),
  );
}
