import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { RUNBOOK_FOLDER, runbookPath, runbookUrl } from "../../src/alerting/runbook.js";
import { everyAlert, runbookIndex } from "../../src/alerting/runbook-index.js";
import { projectRoot } from "../support/project.js";

const INDEX = "README.md";
const folder = join(projectRoot, RUNBOOK_FOLDER);
const pages = readdirSync(folder).filter((file) => file !== INDEX);
const SECTIONS = ["Meaning", "Impact", "Diagnosis", "Remedy"];

describe("docs/runbooks", () => {
  it("has a page for every alert", () => {
    const missing = [...everyAlert().values()].filter((rule) => !existsSync(join(projectRoot, runbookPath(rule))));
    expect(missing.map(({ alert }) => alert)).toEqual([]);
  });

  it("has no page without its alert", () => {
    expect(pages.filter((file) => !everyAlert().has(file.replace(/\.md$/, "")))).toEqual([]);
  });

  it.each(pages)("%s is headed by its alert, and says what it means, what to look at and what to do", (file) => {
    const text = readFileSync(join(folder, file), "utf8");
    const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(text).toMatch(new RegExp(`^# ${file.replace(/\.md$/, "")}\n`));
    expect(sections).toEqual(SECTIONS);
    // Every section has something in it.
    expect(text).not.toMatch(/^## .+\n+(##|$(?![\s\S]))/m);
    expect(text).toMatch(/```sh\n[^`]+\n```/);
  });

  it("links only to pages that there are", () => {
    const links = pages.flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, to = ""]) => [file, to]),
    );
    const broken = links.filter(([, to = ""]) => !to.startsWith("https://") && !existsSync(join(folder, to)));
    expect(broken).toEqual([]);
  });

  it("has the index that the rules give", () => {
    expect(runbookIndex()).toBe(readFileSync(join(folder, INDEX), "utf8"));
  });

  it("is linked from the alerts wherever it is published", () => {
    expect(runbookUrl({ alert: "KubeAPIDown" }, "https://docs.example.com/runbooks/")).toBe(
      "https://docs.example.com/runbooks/KubeAPIDown.md",
    );
  });
});
