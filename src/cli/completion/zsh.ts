import type { CommandSpec } from "../command.js";
import { firstWords, type FirstWord } from "../command-groups.js";
import { argumentValues, globalCompletions, optionsOf, type CompletedOption, type CompletedValue } from "./words.js";

/** Completion for zsh, to be read with `source` or kept as `_<program>` in a folder of `fpath`. */
export function zshCompletion(program: string, commands: readonly CommandSpec[]): string {
  return `#compdef ${program}
# zsh completion of ${program}; load it with: source <(${program} completion zsh)
_${program}_environments() {
  local folder=$PWD
  while [[ -n $folder && ! -d $folder/environments ]]; do folder=\${folder%/*}; done
  local -a names
  names=($folder/environments/*/bootstrap.yaml(N:h:t))
  _alternative 'environments:environment:compadd -a names' 'files:file:_files -g "*.yaml"'
}

_${program}() {
  local context state line
  _arguments -C \\
${[...globalCompletions, VERSION_OPTION].map((option) => `    ${optionSpec(option)} \\`).join("\n")}
    '1:command:->command' \\
    '*::argument:->argument'
  case $state in
    command)
      local -a commands=(
${firstWords(commands)
  .map(({ word, summary }) => `        ${quote(`${word}:${summary}`)}`)
  .join("\n")}
        'help:print help on a command'
      )
      _describe command commands
      ;;
    argument)
      case $line[1] in
${firstWords(commands).map(wordCase).join("\n")}
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`;

  function wordCase({ word, commands: members }: FirstWord): string {
    const [only, ...others] = members;
    if (only?.path.length === 1 && others.length === 0) {
      return `        ${word})\n${argumentsCall(only, 10)}\n          ;;`;
    }
    const seconds = members.flatMap((command) =>
      command.path[1] === undefined ? [] : [[command.path[1], command] as const],
    );
    return `        ${word})
          _arguments -C ${quote(`1:command:(${seconds.map(([second]) => second).join(" ")})`)} '*::argument:->member'
          case $line[1] in
${seconds.map(([second, command]) => `            ${second})\n${argumentsCall(command, 14)}\n              ;;`).join("\n")}
          esac
          ;;`;
  }

  function argumentsCall(command: CommandSpec, indent: number): string {
    const specs = optionsOf(command).map(optionSpec);
    const values = action(argumentValues(command));
    const all = values === "" ? specs : [...specs, quote(`*:argument:${values}`)];
    const blanks = " ".repeat(indent);
    return `${blanks}_arguments \\\n${all.map((spec) => `${blanks}  ${spec}`).join(" \\\n")}`;
  }

  function optionSpec({ flag, description, takesValue, values }: CompletedOption): string {
    const said = `${flag}[${description.replace(/[[\]:]/g, "\\$&")}]`;
    return quote(takesValue ? `${said}:value:${action(values)}` : said);
  }

  function action(values: CompletedValue): string {
    switch (values.kind) {
      case "words":
        return `(${values.words.join(" ")})`;
      case "environments":
        return `_${program}_environments`;
      case "files":
        return "_files";
      case "folders":
        return "_files -/";
      case "none":
        return "";
    }
  }
}

const VERSION_OPTION: CompletedOption = {
  flag: "--version",
  description: "print the version",
  takesValue: false,
  values: { kind: "none" },
};

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
