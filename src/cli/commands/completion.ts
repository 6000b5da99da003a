import { defineCommand } from "../command.js";
import { bashCompletion } from "../completion/bash.js";
import { zshCompletion } from "../completion/zsh.js";
import { exitCodes } from "../exit-codes.js";
import { PRODUCT } from "../version.js";

export const completion = defineCommand({
  path: ["completion"],
  summary: "print a script that completes command lines in a shell",
  description: ["Prints a script for the shell to load: it completes commands, options and the names of environments."],
  arguments: {
    shell: { kind: "required", description: "the shell", choices: ["bash", "zsh"] },
  },
  options: {},
  examples: [
    { line: "source <(kaasctl completion bash)", says: "in ~/.bashrc" },
    { line: "source <(kaasctl completion zsh)", says: "in ~/.zshrc, after compinit" },
  ],
  jsonFields: { shell: "the shell", script: "the script" },
  run(input, { commands }) {
    const { shell } = input.arguments;
    const script = SCRIPTS[shell](PRODUCT.name, commands);
    return { exitCode: exitCodes.ok, text: script, json: { shell, script } };
  },
});

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion };
