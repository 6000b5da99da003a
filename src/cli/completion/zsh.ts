import type { CommandSpec } from "../command.js";
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
${commands.map(({ path, summary }) => `        ${quote(`${path[0]}:${summary}`)}`).join("\n")}
        'help:print help on a command'
      )
      _describe command commands
      ;;
    argument)
      case $line[1] in
${commands.map(commandCase).join("\n")}
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`;

  function commandCase(command: CommandSpec): string {
    const specs = optionsOf(command).map(optionSpec);
    const values = action(argumentValues(command));
    const all = values === "" ? specs : [...specs, quote(`*:argument:${values}`)];
    return `        ${command.path[0]})\n          _arguments \\\n${all.map((spec) => `            ${spec}`).join(" \\\n")}\n          ;;`;
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
