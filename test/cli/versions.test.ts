import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../src/versions/catalogue.js";
import { projectRoot } from "../support/project.js";
import { kaasctl, parseJson } from "./support/cli.js";

const cwd = projectRoot;
const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as { version: string };
const line = (text: string, start: string) => text.split("\n").find((candidate) => candidate.startsWith(start));

describe("versions", () => {
  test("lists the catalogue, the default marked", async () => {
    const { exitCode, stdout } = await kaasctl({ cwd }, "versions");
    expect(exitCode).toBe(0);
    expect(line(stdout, "kaasctl")).toBe(`kaasctl ${manifest.version}`);
    for (const { version } of catalogue.kubernetes.versions) {
      const isDefault = version === catalogue.kubernetes.default;
      expect(line(stdout, version)?.includes("default")).toBe(isDefault);
    }
    expect(line(stdout, "Terraform")).toContain(catalogue.terraform.constraint);
    expect(line(stdout, "Flatcar")).toContain(catalogue.flatcar.version);
    expect(line(stdout, "provider terraform-provider-openstack")).toContain(catalogue.providers.openstack.version);
  });

  test.each([
    ["2026-11-21T10:00:00Z", "11 days left"],
    ["2026-12-01T10:00:00Z", "1 day left"],
    ["2026-12-03T00:00:00Z", "ended"],
  ])("on %s says of a version whose support by EKS ends on 2026-12-02: %s", async (now, said) => {
    const { stdout } = await kaasctl({ cwd, now: () => new Date(now) }, "versions");
    expect(line(stdout, "1.34.4")).toMatch(new RegExp(`2026-12-02 +${said}$`));
  });

  test("gives the catalogue as JSON", async () => {
    const document = parseJson(await kaasctl({ cwd }, "--output", "json", "versions"));
    expect(document).toEqual({ ok: true, kaasctl: manifest.version, ...catalogue });
  });
});
