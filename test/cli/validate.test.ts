import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { kaasctl, parseJson } from "./support/cli.js";
import { eksText, faultyText, openStackText, tempProject } from "./support/temp-project.js";

const soundOne = `ok  environments/one/bootstrap.yaml
    cluster   one: Kubernetes 1.36.3 on OpenStack, development profile
    nodes     3 etcd, 3 controllers, 3 workers
    networks  nodes 10.0.0.0/22, pods 10.2.0.0/16, services 10.3.0.0/16
    API       https://api.one.example.com:6443
    ingress   *.one.example.com
`;

const faultyReport = `environments/bad/bootstrap.yaml: 2 mistakes

  5:9  etcd.count
    found:    "three"
    expected: a whole number from 0 to 9 (etcd members)
    remedy:   choose a number in that range

  6:17  controlPlane.count
    found:    100
    expected: a whole number from 0 to 9 (controllers)
    remedy:   choose a number in that range
`;

describe("validate", () => {
  test("sums a sound file up", async () => {
    const root = tempProject({ one: openStackText("one") });
    expect(await kaasctl({ cwd: root }, "validate", "one")).toEqual({ exitCode: 0, stdout: soundOne, stderr: "" });
  });

  test("prints the report of a faulty one and nothing else", async () => {
    const root = tempProject({ bad: faultyText("bad") });
    expect(await kaasctl({ cwd: root }, "validate")).toEqual({ exitCode: 2, stdout: faultyReport, stderr: "" });
  });

  test("tells sound from faulty among several", async () => {
    const root = tempProject({ bad: faultyText("bad"), one: openStackText("one") });
    const { exitCode, stdout } = await kaasctl({ cwd: root }, "validate");
    expect(exitCode).toBe(2);
    expect(stdout).toBe(`${soundOne}\n${faultyReport}\n2 mistakes in 1 file; 1 file is sound\n`);
  });

  test.each(["environments/one/bootstrap.yaml", "environments/one", "./environments/one/", "one"])(
    "takes %s for the same environment",
    async (name) => {
      const root = tempProject({ one: openStackText("one") });
      expect((await kaasctl({ cwd: root }, "validate", name)).stdout).toBe(soundOne);
    },
  );

  test("takes a path relative to the working directory, outside any project too", async () => {
    const root = tempProject({ one: openStackText("one") });
    const outcome = await kaasctl({ cwd: "/" }, "validate", join(root, "environments/one").slice(1));
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("checks a cluster on EKS", async () => {
    const root = tempProject({ cloud: eksText("cloud") });
    const { exitCode, stdout } = await kaasctl({ cwd: root }, "validate");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("on Amazon EKS");
    expect(stdout).toContain("networks  vpc 10.0.0.0/16, services 172.20.0.0/16");
    expect(stdout).toContain("nodes     3 workers");
  });

  test("gives sound and faulty files as JSON", async () => {
    const root = tempProject({ bad: faultyText("bad"), one: openStackText("one") });
    const outcome = await kaasctl({ cwd: root }, "validate", "--output", "json");
    expect(outcome).toMatchObject({ exitCode: 2, stderr: "" });
    expect(parseJson(outcome)).toMatchObject({
      ok: false,
      error: { message: "2 mistakes in 1 file" },
      environments: [{ file: join(root, "environments/one/bootstrap.yaml"), cluster: "one", provider: "openstack" }],
      diagnostics: [
        { file: join(root, "environments/bad/bootstrap.yaml"), path: "etcd.count" },
        { path: "controlPlane.count" },
      ],
    });
  });

  test("names the nearest environment for a misspelt one", async () => {
    const root = tempProject({ one: openStackText("one") });
    const { exitCode, stdout, stderr } = await kaasctl({ cwd: root }, "validate", "oen");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^error: there is no environment oen\nremedy: did you mean one\?/);
  });
});
