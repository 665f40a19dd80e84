import type { AnyOperation } from "../../platform/operation.ts";
import { type Field, fieldsOf, operationWords } from "../../platform/operation-schema.ts";
import { flagFor } from "./arguments.ts";
import { usage } from "./failure.ts";
import { commands, featureNames, verbsOf } from "./help.ts";

// The scripts ask the program itself, so that they are never behind it.
const scripts: Readonly<Record<string, string>> = {
  bash: `_throughline() {
  local IFS=$'\\n'
  COMPREPLY=($(throughline completion words "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _throughline throughline
# Put this into ~/.bashrc:  eval "$(throughline completion bash)"`,
  zsh: `#compdef throughline
_throughline() {
  local -a found
  found=("\${(@f)$(throughline completion words "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a found
}
compdef _throughline throughline
# Put this into ~/.zshrc, below compinit:  eval "$(throughline completion zsh)"`,
  fish: `complete -c throughline -f -a '(throughline completion words (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
# Put this into ~/.config/fish/completions/throughline.fish`,
};

export function completionScript(shell: string): string {
  const script = scripts[shell];
  if (!script) throw usage(`Say which shell: throughline completion ${Object.keys(scripts).join(" | ")}.`);
  return script;
}

function choicesOf(field: Field | undefined): readonly string[] {
  if (!field) return [];
  return field.choices.length > 0 ? field.choices : (field.element?.choices ?? []);
}

/** What may stand in the place of the last of `words`, the one that is being typed. */
export function completions(operations: readonly AnyOperation[], words: readonly string[]): string[] {
  const typed = words.at(-1) ?? "";
  const [feature = "", verb = ""] = words;
  const matching = (candidates: readonly string[]): string[] => candidates.filter((candidate) => candidate.startsWith(typed));
  if (words.length <= 1) return matching([...featureNames(operations), ...Object.keys(commands)]);
  if (words.length === 2 && feature in commands)
    return matching((commands[feature]?.takes ?? "").split(" | ").filter((word) => /^[a-z]+$/u.test(word)));
  if (words.length === 2) return matching(verbsOf(operations, feature));
  const operation = operations.find((one) => operationWords(one.name).join(" ") === `${feature} ${verb}`);
  if (!operation) return [];
  const fields = fieldsOf(operation);
  const before = fields.find((field) => flagFor(field) === words.at(-2));
  if (before && before.kind !== "boolean") return matching(choicesOf(before));
  return matching([...fields.map(flagFor), "--json", "--help"]);
}
