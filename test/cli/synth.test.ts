import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { kaasctl, parseJson } from "./support/cli.js";
import { eksText, faultyText, openStackText, tempProject, writeFile } from "./support/temp-project.js";

const tenancy = (text: string) =>
  text.replace("externalNetwork: public", "externalNetwork: public, tenancy: { manage: true, adminCloud: admin }");
const terraformOf = (root: string, stack: string) =>
  JSON.parse(readFileSync(join(root, "cdktf.out/stacks", stack, "cdk.tf.json"), "utf8")) as Record<string, unknown>;

describe("synth writes", () => {
  test("every environment when none is named", async () => {
    const root = tempProject({ one: openStackText("one"), two: openStackText("two") });
    const { exitCode, stdout, stderr } = await kaasctl({ cwd: root }, "synth");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(readdirSync(join(root, "cdktf.out/stacks"))).toEqual(["one", "two"]);
    expect(terraformOf(root, "one")).toHaveProperty("resource.openstack_compute_instance_v2");
    expect(stdout).toContain("2 stacks with ");
    expect(stdout).toContain("(cd cdktf.out/stacks/one && terraform init && terraform plan \\\n");
  });

  test("into the project's folder from anywhere below it", async () => {
    const root = tempProject({ one: openStackText("one") });
    const { stdout } = await kaasctl({ cwd: join(root, "environments/one") }, "synth", "one");
    expect(existsSync(join(root, "cdktf.out/stacks/one/cdk.tf.json"))).toBe(true);
    expect(stdout).toContain("cd ../../cdktf.out/stacks/one");
  });

  test("the same bytes into an empty folder and over an earlier result", async () => {
    const root = tempProject({ one: openStackText("one"), two: openStackText("two") });
    const contents = () =>
      ["cdktf.out/manifest.json", "cdktf.out/stacks/one/cdk.tf.json", "dist/one/0000-namespaces.k8s.yaml"].map((file) =>
        readFileSync(join(root, file), "utf8"),
      );
    await kaasctl({ cwd: root }, "synth");
    const first = contents();
    await kaasctl({ cwd: root }, "synth");
    expect(contents()).toEqual(first);
  });

  test("one row a stack, the tenancy before its cluster", async () => {
    const root = tempProject({ one: tenancy(openStackText("one")) });
    const { stdout } = await kaasctl({ cwd: root }, "synth");
    const rows = stdout.split("\n").slice(0, 3);
    expect(rows[0]).toBe("STACK        ETCD  CONTROLLERS  WORKERS  RESOURCES");
    expect(rows[1]).toMatch(/^one-tenancy {5}- {12}- {8}- +\d+$/);
    expect(rows[2]).toMatch(/^one {13}3 {12}3 {8}3 +\d+$/);
    expect(stdout.indexOf("stacks/one-tenancy &&")).toBeLessThan(stdout.indexOf("stacks/one &&"));
  });

  test("a cluster on EKS with its nodes, its resources by service, and what to do next", async () => {
    const root = tempProject({ cloud: eksText("cloud") });
    const { exitCode, stdout } = await kaasctl({ cwd: root, columns: 120 }, "synth");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^cloud {14}- {12}- {8}3 +\d+$/m);
    expect(stdout).toMatch(/^ {2}eks +\d+: [^:]*\b1\scluster\b/m);
    expect(stdout).toMatch(/^ {2}ec2 +\d+: [^:]*\b1\svpc\b/m);
    expect(stdout).toContain("kaasctl validate cloud --online");
    expect(stdout.indexOf("stacks/cloud &&")).toBeLessThan(
      stdout.indexOf("cloud-identity once kubernetes-auth answers"),
    );
    // It has no secrets of its own.
    expect(stdout).not.toContain("preconfigure");
  });

  test("the manifests of every cluster, numbered in the order of application", async () => {
    const root = tempProject({ one: openStackText("one"), cloud: eksText("cloud") });
    const { stdout } = await kaasctl({ cwd: root, columns: 120 }, "synth");
    expect(readdirSync(join(root, "dist"))).toEqual(["cloud", "one"]);
    expect(readdirSync(join(root, "dist/one")).slice(0, 2)).toEqual([
      "0000-namespaces.k8s.yaml",
      "0001-priorities.k8s.yaml",
    ]);
    expect(stdout).toMatch(/^\d+ charts with \d+ objects written to dist in /m);
    expect(stdout).toMatch(/^ {2}placeholders +identity_url, |^ {2}placeholders +admin_role_id, /m);
    expect(stdout).toMatch(/^ {2}placeholders +vpc_id, /m);
  });

  test("what Terraform told into the manifests", async () => {
    const root = tempProject({ one: openStackText("one") });
    writeFile(
      join(root, "environments/one/outputs.json"),
      JSON.stringify({ "one-tenancy": { admin_role_id: "7b2f" }, one: { ...outputs, ingress_address: "203.0.113.9" } }),
    );
    const { exitCode, stdout } = await kaasctl({ cwd: root }, "synth");
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain("placeholders");
    expect(readFileSync(join(root, "dist/one/0002-access.k8s.yaml"), "utf8")).toContain("name: 7b2f\n");
  });

  test("no line wider than the terminal", async () => {
    const root = tempProject({ "a-long-cluster-name": tenancy(openStackText("a-long-cluster-name")) });
    const { stdout } = await kaasctl({ cwd: root, columns: 72 }, "synth");
    // A command to copy is never broken.
    const texts = stdout.split("\n").filter((line) => !/terraform plan|-var-file|kaasctl secrets/.test(line));
    expect(Math.max(...texts.map((line) => line.length))).toBeLessThanOrEqual(72);
  });
});

interface Written {
  readonly charts: readonly { readonly file: string; readonly objects: number }[];
  readonly placeholders: unknown;
}

const outputs = {
  identity_url: "https://cloud.example.com/v3",
  external_network_id: "net-1",
  network_id: "net-2",
  subnet_id: "sub-1",
};

describe("synth as JSON", () => {
  test("names clusters, stacks, files and resources", async () => {
    const root = tempProject({ one: openStackText("one") });
    const document = parseJson(await kaasctl({ cwd: root }, "synth", "--output", "json"));
    expect(document).toMatchObject({
      ok: true,
      clusters: [
        {
          environment: "one",
          cluster: "one",
          nodes: { etcd: 3, controllers: 3, workers: 3 },
          endpoints: { api: "https://api.one.example.com:6443", ingress: "*.one.example.com" },
          stacks: [
            {
              name: "one",
              file: join(root, "cdktf.out/stacks/one/cdk.tf.json"),
              resources: { byType: { openstack_compute_instance_v2: 9 } },
            },
          ],
        },
      ],
      untouched: [],
      outdir: join(root, "cdktf.out"),
      manifests: join(root, "dist"),
    });
    const [{ charts, placeholders }] = document["clusters"] as readonly [Written];
    expect(charts.map(({ file }) => file)).toEqual(
      readdirSync(join(root, "dist/one")).map((file) => join(root, "dist/one", file)),
    );
    for (const { file, objects } of charts) {
      expect([file, readFileSync(file, "utf8").match(/^kind: /gm)?.length]).toEqual([file, objects]);
    }
    expect(placeholders).toContainEqual({ stack: "one", name: "network_id" });
  });

  test("tells mistakes on standard output and nothing on standard error", async () => {
    const root = tempProject({ bad: faultyText("bad") });
    const outcome = await kaasctl({ cwd: root }, "synth", "--output=json");
    expect(outcome).toMatchObject({ exitCode: 2, stderr: "" });
    expect(parseJson(outcome)).toMatchObject({
      ok: false,
      error: { message: "2 mistakes in 1 file; nothing was written" },
      diagnostics: [
        { path: "etcd.count", line: 5, column: 9, value: "three" },
        { path: "controlPlane.count", line: 6, column: 17, value: 100 },
      ],
    });
  });
});

describe("synth of both providers", () => {
  test("writes all their stacks in one run", async () => {
    const root = tempProject({ one: openStackText("one"), cloud: eksText("cloud") });
    expect(await kaasctl({ cwd: root }, "synth")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(readdirSync(join(root, "cdktf.out/stacks"))).toEqual(["cloud", "cloud-identity", "one"]);
  });
});

describe("synth writes nothing", () => {
  test("with mistakes in several environments, and reports them all", async () => {
    const root = tempProject({ bad: faultyText("bad"), good: openStackText("good"), worse: faultyText("worse") });
    const { exitCode, stdout, stderr } = await kaasctl({ cwd: root }, "synth");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("environments/bad/bootstrap.yaml: 2 mistakes");
    expect(stderr).toContain("environments/worse/bootstrap.yaml: 2 mistakes");
    expect(stderr).toContain("error: 4 mistakes in 2 files; nothing was written");
    expect(readdirSync(root)).toEqual(["environments"]);
  });

  test("with mistakes in what Terraform told, and reports them with those of other files", async () => {
    const root = tempProject({ bad: faultyText("bad"), one: openStackText("one") });
    writeFile(join(root, "environments/one/outputs.json"), JSON.stringify({ one: { ingress_address: 7 } }));
    const { exitCode, stderr } = await kaasctl({ cwd: root }, "synth");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("environments/one/outputs.json: 1 mistake");
    expect(stderr).toContain("one.ingress_address");
    expect(stderr).toContain("error: 3 mistakes in 2 files; nothing was written");
    expect(readdirSync(root)).toEqual(["environments"]);
  });

  test("over an earlier result when a mistake came in later", async () => {
    const root = tempProject({ one: openStackText("one") });
    await kaasctl({ cwd: root }, "synth");
    const before = readFileSync(join(root, "cdktf.out/stacks/one/cdk.tf.json"), "utf8");
    writeFile(join(root, "environments/one/bootstrap.yaml"), faultyText("one"));
    expect(await kaasctl({ cwd: root }, "synth")).toMatchObject({ exitCode: 2 });
    expect(readFileSync(join(root, "cdktf.out/stacks/one/cdk.tf.json"), "utf8")).toBe(before);
  });

  test.each([
    ["an environment that is not there", ["synth", "onee"], "error: there is no environment onee", "did you mean one?"],
    [
      "a file in the place of the folder",
      ["synth", "one", "--out", "environments/one/bootstrap.yaml"],
      "no folder",
      "--out",
    ],
    [
      "a folder below a file",
      ["synth", "one", "--out", "environments/one/bootstrap.yaml/a/b"],
      "cannot write",
      "--out",
    ],
    [
      "a file in the place of the manifests' folder",
      ["synth", "one", "--manifests", "environments/one/bootstrap.yaml"],
      "no folder",
      "--manifests",
    ],
  ])("for %s", async (_case, argv, message, remedy) => {
    const root = tempProject({ one: openStackText("one"), cloud: eksText("cloud") });
    const { exitCode, stdout, stderr } = await kaasctl({ cwd: root }, ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(new RegExp(`^remedy: .*${remedy}`, "m"));
    expect(readdirSync(root)).toEqual(["environments"]);
  });

  test("when two clusters would make one stack", async () => {
    const root = tempProject({ demo: openStackText("demo") });
    mkdirSync(join(root, "elsewhere"));
    writeFileSync(join(root, "elsewhere/bootstrap.yaml"), openStackText("demo"));
    const { exitCode, stderr } = await kaasctl({ cwd: root }, "synth", "demo", join(root, "elsewhere"));
    expect(exitCode).toBe(2);
    expect(stderr).toContain("both make the stack demo");
  });

  test("outside a project", async () => {
    const root = tempProject({});
    expect((await kaasctl({ cwd: root }, "synth")).stderr).toContain("holds no environment");
    expect((await kaasctl({ cwd: "/" }, "synth")).stderr).toContain("no environments/ folder here or above");
  });
});

describe("synth leaves alone", () => {
  test("stacks of environments that are not named", async () => {
    const root = tempProject({ one: openStackText("one"), two: openStackText("two") });
    await kaasctl({ cwd: root }, "synth");
    const document = parseJson(await kaasctl({ cwd: root }, "synth", "two", "--output", "json"));
    expect(document["untouched"]).toEqual([]);
    expect(readdirSync(join(root, "cdktf.out/stacks"))).toEqual(["one", "two"]);
    const manifest = JSON.parse(readFileSync(join(root, "cdktf.out/manifest.json"), "utf8")) as { stacks: object };
    expect(Object.keys(manifest.stacks)).toEqual(["one", "two"]);
  });

  test("in a folder of manifests what it did not write, but for charts that the cluster has no more", async () => {
    const root = tempProject({ one: openStackText("one") });
    const foreign = ["README.md", "0099-notes.yaml", "kustomization.yaml"];
    for (const file of [...foreign, "0099-gone.k8s.yaml"]) writeFile(join(root, "dist/one", file), "");
    writeFile(join(root, "dist/two/0000-namespaces.k8s.yaml"), "");
    await kaasctl({ cwd: root }, "synth");
    const files = readdirSync(join(root, "dist/one"));
    expect(files).toEqual(expect.arrayContaining(foreign));
    expect(files).not.toContain("0099-gone.k8s.yaml");
    expect(existsSync(join(root, "dist/two/0000-namespaces.k8s.yaml"))).toBe(true);
  });

  test("stacks of removed environments, which it names, and what Terraform keeps", async () => {
    const root = tempProject({ one: openStackText("one") });
    writeFile(join(root, "cdktf.out/stacks/gone/cdk.tf.json"), "{}");
    writeFile(join(root, "cdktf.out/stacks/one/.terraform.lock.hcl"), "kept");
    const { stdout } = await kaasctl({ cwd: root }, "synth");
    expect(stdout).toContain("left alone  gone in cdktf.out/stacks");
    expect(readFileSync(join(root, "cdktf.out/stacks/gone/cdk.tf.json"), "utf8")).toBe("{}");
    expect(readFileSync(join(root, "cdktf.out/stacks/one/.terraform.lock.hcl"), "utf8")).toBe("kept");
  });
});
