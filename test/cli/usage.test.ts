import { describe, expect, test } from "@jest/globals";
import { firstWords } from "../../src/cli/command-groups.js";
import { commands } from "../../src/cli/commands/index.js";
import { kaasctl, parseJson } from "./support/cli.js";
import { openStackText, tempProject } from "./support/temp-project.js";

const cwd = "/";

describe("help", () => {
  test("names every command and the exit codes", async () => {
    const { exitCode, stdout, stderr } = await kaasctl({ cwd }, "--help");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    for (const { word, summary } of firstWords(commands)) {
      expect(summary).not.toBe("");
      expect(stdout).toMatch(new RegExp(`^  ${word}.* ${summary}$`, "m"));
    }
    expect(stdout).toContain("Exit codes:\n  0  it worked\n");
  });

  test.each(commands.map(({ path }) => path.join(" ")))(
    "of %s shows its examples and the global options",
    async (name) => {
      const command = commands.find(({ path }) => path.join(" ") === name);
      const { exitCode, stdout } = await kaasctl({ cwd }, ...name.split(" "), "--help");
      expect(exitCode).toBe(0);
      for (const example of command?.examples ?? []) expect(stdout).toContain(`  ${example.line}\n`);
      expect(stdout).toContain("--output <format>");
    },
  );

  test("of a group names its commands", async () => {
    const { exitCode, stdout } = await kaasctl({ cwd }, "secrets", "--help");
    expect(exitCode).toBe(0);
    for (const { path, summary } of commands.filter(({ path: [first] }) => first === "secrets")) {
      expect(stdout).toMatch(new RegExp(`^  ${path[1] ?? "?"} .* ${summary}$`, "m"));
    }
  });

  test("fits a narrow terminal", async () => {
    const { stdout } = await kaasctl({ cwd, columns: 60 }, "synth", "--help");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe("a wrong command line ends with 2 and a remedy", () => {
  test.each([
    [["sinth"], "unknown command 'sinth'", "did you mean synth? kaasctl --help"],
    [["synth", "--outt", "x"], "unknown option '--outt'", "did you mean --out? kaasctl synth --help"],
    [["synth", "--out"], "option '--out <folder>' argument missing", "kaasctl synth --help"],
    [["versions", "extra"], "too many arguments for 'versions'", "kaasctl versions --help"],
    [["versions", "--output", "yaml"], "argument 'yaml' is invalid", "kaasctl versions --help"],
    [["secrets", "kubeconfg", "x"], "unknown command 'kubeconfg'", "did you mean kubeconfig? kaasctl --help"],
    [["secrets", "variables"], "missing required argument 'environment'", "kaasctl secrets variables --help"],
    [["completion"], "missing required argument 'shell'", "kaasctl completion --help"],
    [["completion", "fish"], "value 'fish' is invalid", "kaasctl completion --help"],
  ])("%j", async (argv, message, remedy) => {
    const { exitCode, stdout, stderr } = await kaasctl({ cwd }, ...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    const [first, second, ...rest] = stderr.split("\n");
    expect(first).toContain(`error: `);
    expect(first).toContain(message);
    expect(second).toContain(`remedy: ${remedy}`);
    expect(rest).toEqual([""]);
  });

  test("no command: the help, on standard error", async () => {
    const { exitCode, stdout, stderr } = await kaasctl({ cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("Usage: kaasctl");
    expect(stderr).toContain("error: a command is missing");
  });

  test("as JSON where JSON was asked for", async () => {
    const outcome = await kaasctl({ cwd }, "--output", "json", "sinth");
    expect(outcome).toMatchObject({ exitCode: 2, stderr: "" });
    expect(parseJson(outcome)).toEqual({
      ok: false,
      error: { message: "unknown command 'sinth'", remedy: "did you mean synth? kaasctl --help shows what there is" },
      diagnostics: [],
    });
  });
});

describe("an unexpected failure ends with 1", () => {
  const failing = {
    cwd,
    now: () => {
      throw new Error("the clock is broken");
    },
  };

  test("without a stack trace", async () => {
    const { exitCode, stderr } = await kaasctl(failing, "versions");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: the clock is broken\nremedy: .*--verbose/);
    expect(stderr).not.toContain("    at ");
  });

  test.each([
    ["--verbose", { ...failing }, ["versions", "--verbose"]],
    ["KAASCTL_DEBUG", { ...failing, env: { KAASCTL_DEBUG: "1" } }, ["versions"]],
  ])("with one by %s", async (_by, world, argv) => {
    expect((await kaasctl(world, ...argv)).stderr).toContain("    at ");
  });

  test("as JSON where JSON was asked for", async () => {
    const outcome = await kaasctl(failing, "versions", "--output", "json");
    expect(outcome).toMatchObject({ exitCode: 1, stderr: "" });
    expect(parseJson(outcome)).toMatchObject({ ok: false, error: { message: "the clock is broken" } });
  });
});

describe("colours", () => {
  const escape = "\u001b[";
  const validate = async (isTTY: boolean, env: Record<string, string>, ...options: readonly string[]) =>
    (await kaasctl({ cwd: tempProject({ one: openStackText("one") }), isTTY, env }, "validate", ...options)).stdout;

  test("go to a terminal", async () => {
    expect(await validate(true, {})).toContain(escape);
  });

  test.each([
    ["to a file", false, {}, []],
    ["where NO_COLOR is set", true, { NO_COLOR: "1" }, []],
    ["to a dumb terminal", true, { TERM: "dumb" }, []],
    ["with --no-color", true, {}, ["--no-color"]],
    ["into JSON", true, {}, ["--output", "json"]],
  ])("do not go %s", async (_where, isTTY, env, options) => {
    expect(await validate(isTTY, env, ...options)).not.toContain(escape);
  });
});
