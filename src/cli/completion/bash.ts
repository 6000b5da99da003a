import type { CommandSpec } from "../command.js";
import { firstWords, type FirstWord } from "../command-groups.js";
import { argumentValues, globalCompletions, optionsOf, type CompletedOption, type CompletedValue } from "./words.js";

/** Completion for bash, to be read with `source`. Names of environments are looked up when the user asks. */
export function bashCompletion(program: string, commands: readonly CommandSpec[]): string {
  const valued = [...globalCompletions, ...commands.flatMap(optionsOf)].filter(({ takesValue }) => takesValue);
  return `# bash completion of ${program}; load it with: source <(${program} completion bash)
_${program}_environments() {
  local folder=$PWD file
  while [[ -n $folder && ! -d $folder/environments ]]; do folder=\${folder%/*}; done
  for file in "$folder"/environments/*/bootstrap.yaml; do
    [[ -e $file ]] || continue
    file=\${file%/bootstrap.yaml}
    echo "\${file##*/}"
  done
}

# $1 is the word so far, $2 the words to offer, or @ and what to look up.
_${program}_offer() {
  case "$2" in
    @environments) COMPREPLY=($(compgen -W "$(_${program}_environments)" -- "$1") $(compgen -f -X '!*.yaml' -- "$1")) ;;
    @files) COMPREPLY=($(compgen -f -- "$1")) ;;
    @folders) COMPREPLY=($(compgen -d -- "$1")) ;;
    *) COMPREPLY=($(compgen -W "$2" -- "$1")) ;;
  esac
}

_${program}() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} line="" at
  # The command is what stands there beside options and their values.
  for ((at = 1; at < COMP_CWORD; at++)); do
    case "\${COMP_WORDS[at-1]}" in ${unique(valued.map(({ flag }) => flag)).join("|")}) continue ;; esac
    [[ \${COMP_WORDS[at]} == -* ]] || line+="\${COMP_WORDS[at]} "
  done
  case "$previous" in
${unique(valued.map((option) => optionCase(option))).join("\n")}
  esac
  case "$line" in
${[...commands.map(commandCase), ...firstWords(commands).flatMap(groupCase)].join("\n")}
    *) _${program}_offer "$word" "${topLevelWords(commands).join(" ")}" ;;
  esac
}

complete -F _${program} ${program}
`;

  function optionCase({ flag, values }: CompletedOption): string {
    return `    ${flag}) _${program}_offer "$word" "${offered(values)}"; return ;;`;
  }

  function commandCase(command: CommandSpec): string {
    const flags = optionsOf(command).map(({ flag }) => flag);
    return `    "${command.path.join(" ")} "*)
      case "$word" in
        -*) _${program}_offer "$word" "${flags.join(" ")}" ;;
        *) _${program}_offer "$word" "${offered(argumentValues(command))}" ;;
      esac
      ;;`;
  }

  function groupCase({ word, commands: members }: FirstWord): readonly string[] {
    const seconds = members.flatMap(({ path }) => path[1] ?? []);
    return seconds.length === 0 ? [] : [`    "${word} ") _${program}_offer "$word" "${seconds.join(" ")}" ;;`];
  }
}

function topLevelWords(commands: readonly CommandSpec[]): readonly string[] {
  return [
    ...firstWords(commands).map(({ word }) => word),
    "help",
    ...globalCompletions.map(({ flag }) => flag),
    "--version",
  ];
}

function offered(values: CompletedValue): string {
  switch (values.kind) {
    case "words":
      return values.words.join(" ");
    case "none":
      return "";
    default:
      return `@${values.kind}`;
  }
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
