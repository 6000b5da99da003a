import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ShippedPackage } from "./shipped-package.js";

const FILE = /^(licen[cs]e|copying|notice)/i;
const README = /^readme/i;
const RULE = "-".repeat(80);

/** What the licences of the packages ask to go with their code: names, copyrights and texts, one package after the other. */
export function licenceTexts(root: string, packages: readonly ShippedPackage[]): string {
  const parts = packages.map(({ folder, manifest: { name, version, license } }) => {
    const texts = textsOf(join(root, folder)).map((text) => text.replaceAll("\r\n", "\n").trim());
    const told = texts.length === 0 ? ["The package says no more of its licence than that name."] : texts;
    return [RULE, `${name} ${version} (${license})`, RULE, ...told].join("\n\n");
  });
  return `${parts.join("\n\n")}\n`;
}

/** Of its files; of a few packages the readme alone says whose they are. */
function textsOf(folder: string): readonly string[] {
  const names = readdirSync(folder).sort();
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const files = names.filter((name) => FILE.test(name));
  if (files.length > 0) return files.map(read);
  return names.filter((name) => README.test(name)).flatMap((name) => licenceSection(read(name)) ?? []);
}

/** From its heading to the end, which is where authors put it. */
function licenceSection(readme: string): string | undefined {
  return /^(?:#+\s*licen[cs]e\b[^\n]*|licen[cs]e\n-{3,})\n[^]*/im.exec(readme)?.[0];
}
