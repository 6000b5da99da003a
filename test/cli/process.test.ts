import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { packagesLoadedBy, start } from "./support/process.js";
import { faultyText, openStackText, tempProject } from "./support/temp-project.js";

describe("bin/kaasctl.js", () => {
  test("runs in any folder and ends with 0", async () => {
    const root = tempProject({ one: openStackText("one") });
    const { exitCode, stdout, stderr } = await start(join(root, "environments/one"), ["validate"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^ok {2}bootstrap\.yaml\n/);
  });

  test("ends with 2 on mistakes, without colours in a pipe", async () => {
    const { exitCode, stdout, stderr } = await start(tempProject({ one: faultyText("one") }), ["synth"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/\nerror: 2 mistakes in 1 file; nothing was written\nremedy: .*\n$/);
  });
});

describe("what a run loads", () => {
  const heavy = /^(cdktf|constructs|cdk8s.*|@cdktf\/.*)$/;

  test.each([["--help"], ["versions"], ["validate"], ["completion", "bash"]])(
    "%s: nothing of cdktf or cdk8s",
    async (...argv) => {
      const loaded = await packagesLoadedBy(tempProject({ one: openStackText("one") }), argv);
      expect(loaded).toContain("commander");
      expect(loaded.filter((name) => heavy.test(name))).toEqual([]);
    },
  );

  test("what makes certificates is loaded only to make some, and what encrypts only to do so", async () => {
    const root = tempProject({ one: openStackText("one") });
    const ofPki = /^(@peculiar\/x509|reflect-metadata|age-encryption)$/;
    const loadedBy = async (...argv: readonly string[]) =>
      (await packagesLoadedBy(root, argv)).filter((name) => ofPki.test(name) || heavy.test(name));
    expect(await loadedBy("validate")).toEqual([]);
    expect(await loadedBy("preconfigure", "one")).toEqual(["@peculiar/x509", "reflect-metadata"]);
    expect(await loadedBy("validate")).toEqual([]);
    expect(await loadedBy("secrets", "kubeconfig", "one")).toEqual([]);
  });

  test("synth: cdktf, the OpenStack bindings and cdk8s, nothing of AWS", async () => {
    const loaded = await packagesLoadedBy(tempProject({ one: openStackText("one") }), ["synth"]);
    expect(loaded).toEqual(expect.arrayContaining(["cdktf", "@cdktf/provider-openstack", "cdk8s"]));
    expect(loaded.filter((name) => /provider-aws|aws-sdk/.test(name))).toEqual([]);
  });
});
