import { describe, expect, it } from "@jest/globals";
import { Chart, Testing } from "cdk8s";
import { ConfigurationFiles } from "../../../charts/shared/configuration-files.js";

function filesOf(files: Readonly<Record<string, string>>) {
  const chart = new Chart(Testing.app(), "chart");
  const made = new ConfigurationFiles(chart, "files", { namespace: "rackspace-system", name: "sample", files });
  return { digest: made.digest, manifests: Testing.synth(chart) as unknown[] };
}

describe("files of a configuration", () => {
  it("stand in a ConfigMap by their names", () => {
    expect(filesOf({ "a.yaml": "a: 1\n" }).manifests).toMatchObject([
      { kind: "ConfigMap", metadata: { name: "sample", namespace: "rackspace-system" }, data: { "a.yaml": "a: 1\n" } },
    ]);
  });

  it("have another digest when a text or a name changes, and else the same", () => {
    const { digest } = filesOf({ "a.yaml": "a: 1\n" });
    expect(filesOf({ "a.yaml": "a: 1\n" }).digest).toBe(digest);
    expect(filesOf({ "a.yaml": "a: 2\n" }).digest).not.toBe(digest);
    expect(filesOf({ "b.yaml": "a: 1\n" }).digest).not.toBe(digest);
  });
});
