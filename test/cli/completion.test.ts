import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { firstWords } from "../../src/cli/command-groups.js";
import { commands } from "../../src/cli/commands/index.js";
import { kaasctl, parseJson } from "./support/cli.js";
import { openStackText, tempProject, writeFile } from "./support/temp-project.js";

/** What bash offers for the last word. */
async function offered(cwd: string, ...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await kaasctl({ cwd }, "completion", "bash");
  writeFile(join(cwd, "completion.bash"), stdout);
  const script =
    'source completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kaasctl; printf "%s\\n" "${COMPREPLY[@]}"';
  const answer = execFileSync("bash", ["-c", script, "bash", "kaasctl", ...words], { cwd, encoding: "utf8" });
  return answer
    .split("\n")
    .filter((word) => word !== "")
    .sort();
}

describe("completion in bash", () => {
  test("offers the commands", async () => {
    expect(await offered(tempProject({}), "")).toEqual(
      expect.arrayContaining([...commands.map(({ path }) => path[0]), "help", "--version"]),
    );
  });

  test.each([
    [
      ["synth", ""],
      ["one", "two"],
    ],
    [["--output", "json", "validate", "t"], ["two"]],
    [
      ["synth", "one", "--ou"],
      ["--out", "--output"],
    ],
    [["synth", "--out", "env"], ["environments"]],
    [
      ["versions", "--output", ""],
      ["json", "text"],
    ],
    [
      ["completion", ""],
      ["bash", "zsh"],
    ],
    [["versions", ""], []],
    [
      ["secrets", ""],
      ["kubeconfig", "variables"],
    ],
    [["secrets", "kubeconfig", "t"], ["two"]],
    [
      ["secrets", "variables", "one", "--ou"],
      ["--out", "--output"],
    ],
  ])("offers after %j: %j", async (words, answer) => {
    const root = tempProject({ one: openStackText("one"), two: openStackText("two") });
    expect(await offered(root, ...words)).toEqual(answer);
  });
});

test("completion in zsh knows every command, option and source of names", async () => {
  const { stdout } = await kaasctl({ cwd: "/" }, "completion", "zsh");
  expect(stdout).toMatch(/^#compdef kaasctl\n/);
  for (const { word, summary } of firstWords(commands)) expect(stdout).toContain(`'${word}:${summary}'`);
  for (const { path, options } of commands) {
    expect(stdout).toContain(`${path.at(-1) ?? ""})\n`);
    for (const option of Object.keys(options)) expect(stdout).toContain(`'--${option}[`);
  }
  expect(stdout).toContain("'*:argument:_kaasctl_environments'");
});

test("completion as JSON holds the script", async () => {
  const document = parseJson(await kaasctl({ cwd: "/" }, "completion", "bash", "--output", "json"));
  expect(document).toMatchObject({ ok: true, shell: "bash" });
  expect(document["script"]).toContain("complete -F _kaasctl kaasctl");
});
