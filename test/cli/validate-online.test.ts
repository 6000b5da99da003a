import { describe, expect, test } from "@jest/globals";
import { withProgress } from "../../src/cli/preflight/progress.js";
import { kaasctl, parseJson } from "./support/cli.js";
import { packagesLoadedBy, start } from "./support/process.js";
import { eksText, faultyText, openStackText, tempFolder, tempProject } from "./support/temp-project.js";

/** A port that nothing listens on, so that no test asks the real AWS. */
const closedPort = () => ({
  HOME: tempFolder(),
  AWS_ENDPOINT_URL: "http://127.0.0.1:9",
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "must-not-be-shown",
});

describe("validate --online", () => {
  test("notes that OpenStack is not asked, which is no failure", async () => {
    const root = tempProject({ one: openStackText("one") });
    const { exitCode, stdout, stderr } = await kaasctl({ cwd: root }, "validate", "--online");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(
      /^ok {2}environments\/one[^]*\n\npreflight of one: not asked: asking OpenStack clouds comes with a later release\n$/,
    );
    const document = parseJson(await kaasctl({ cwd: root }, "validate", "--online", "--output", "json"));
    expect(document).toMatchObject({
      ok: true,
      preflight: [
        {
          environment: "one",
          cluster: "one",
          provider: "openstack",
          findings: [],
          note: expect.stringContaining("not asked"),
        },
      ],
    });
  });

  test("asks nothing about a faulty file, and reports it as without", async () => {
    const root = tempProject({ bad: faultyText("bad") });
    const outcome = await kaasctl({ cwd: root }, "validate", "--online");
    expect(outcome).toEqual(await kaasctl({ cwd: root }, "validate"));
    expect(outcome.exitCode).toBe(2);
  });

  test("without it, the document has no preflight and nothing is asked", async () => {
    const root = tempProject({ cloud: eksText("cloud") });
    expect(parseJson(await kaasctl({ cwd: root }, "validate", "--output", "json"))).not.toHaveProperty("preflight");
  });

  test("ends with 1 when AWS does not answer, and shows no secret", async () => {
    const root = tempProject({ cloud: eksText("cloud") });
    const { exitCode, stdout, stderr } = await start(root, ["validate", "--online"], closedPort());
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(stdout).not.toContain("must-not-be-shown");
    expect(stdout).toContain(`
preflight of cloud: 1 unknown

CHECK    STATE
account  unknown  AWS does not answer (ECONNREFUSED); nothing else was asked

  unknown  account
    problem:  AWS does not answer (ECONNREFUSED); nothing else was asked
    expected: an answer from AWS
    remedy:   check this machine's network, and AWS_ENDPOINT_URL if it is set
`);
  });

  test("ends with 2 for mistakes of a file, whatever AWS says of the others", async () => {
    const root = tempProject({ bad: faultyText("bad"), cloud: eksText("cloud") });
    const { exitCode, stdout } = await start(root, ["validate", "--online", "--output", "json"], closedPort());
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: { message: "2 mistakes in 1 file; preflight: 1 unknown" },
      preflight: [{ environment: "cloud", findings: [{ check: "account", unanswered: "unreachable" }] }],
    });
  });
});

describe("the AWS SDK is loaded", () => {
  const sdk = (names: readonly string[]) => names.filter((name) => /^@(aws-sdk|smithy)\//.test(name));
  const loadedBy = async (text: string, ...argv: readonly string[]) =>
    sdk(await packagesLoadedBy(tempProject({ one: text }), ["validate", ...argv], closedPort()));

  test("for EKS with --online", async () => {
    const clients = ["ec2", "eks", "service-quotas", "sts"].map((name) => `@aws-sdk/client-${name}`);
    expect(await loadedBy(eksText("one"), "--online")).toEqual(expect.arrayContaining(clients));
  });

  test("neither offline nor for OpenStack", async () => {
    expect(await loadedBy(eksText("one"))).toEqual([]);
    expect(await loadedBy(openStackText("one"), "--online")).toEqual([]);
  });
});

describe("a long wait", () => {
  const wait = async (isTTY: boolean, waitMs: number) => {
    let told = "";
    const stderr = { isTTY, write: (text: string) => (told += text) };
    const work = new Promise<string>((resolve) => {
      setTimeout(() => {
        resolve("done");
      }, waitMs);
    });
    expect(await withProgress({ stderr }, "asking AWS about demo", work)).toBe("done");
    return told;
  };

  test("is told of at a terminal, once it is long", async () => {
    expect(await wait(true, 1_500)).toBe("asking AWS about demo …\n");
    expect(await wait(true, 10)).toBe("");
  });

  test("is not told of to a program", async () => {
    expect(await wait(false, 1_500)).toBe("");
  });
});
