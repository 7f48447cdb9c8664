import { allNodes, type CommandNode } from '#cli/reference/command-tree.ts'
import type { Values } from '#cli/reference/values.ts'
import type { CompletionData } from './completion-data.ts'
import { valuedOptions } from './valued-options.ts'

/** What the function below is told of a value. */
function kindOf(values: Values): string {
  return values.kind === 'choices' ? `words ${values.choices.join(' ')}` : values.kind
}

/**
 * For bash 3.2 and later, without the bash-completion package. Names of endpoints never pass
 * through `compgen -W`, which would expand what stands in them.
 */
export function bashScript({ tree, schemeIds }: CompletionData): string {
  const nodes = allNodes(tree)
  return `# bash completion for countersign, made by: countersign completion bash

_countersign_commands() {
  case "$1" in
${nodes.flatMap(commandsCase).join('\n')}
    *) REPLY= ;;
  esac
}

_countersign_options() {
  case "$1" in
${nodes.map(optionsCase).join('\n')}
    *) REPLY= ;;
  esac
}

_countersign_value() {
  case "$1 $2" in
${nodes.flatMap(valueCases).join('\n')}
    *) REPLY=text ;;
  esac
}

_countersign_argument() {
  case "$1" in
${nodes.flatMap(argumentCase).join('\n')}
    *) REPLY=text ;;
  esac
}

_countersign_takes_value() {
  case "$1" in
    ${valuedOptions(tree).join(' | ')}) return 0 ;;
    *) return 1 ;;
  esac
}

_countersign_schemes='${schemeIds.join(' ')}'

${FUNCTION}`
}

const quoted = (path: readonly string[]) => `"${path.join(' ')}"`

function commandsCase({ path, commands }: CommandNode): string[] {
  if (commands.length === 0) return []
  const names = commands.map((child) => child.path.at(-1)).join(' ')
  return [`    ${quoted(path)}) REPLY='${names}' ;;`]
}

function optionsCase({ path, options }: CommandNode): string {
  return `    ${quoted(path)}) REPLY='${options.map(({ long }) => long).join(' ')}' ;;`
}

function valueCases({ path, options }: CommandNode): string[] {
  return options.flatMap(({ long, short, takes, values }) => {
    if (takes === 'none' || values.kind === 'text') return []
    const names = [long, ...(short === null ? [] : [short])]
    const patterns = names.map((name) => `"${path.join(' ')} ${name}"`)
    return [`    ${patterns.join(' | ')}) REPLY='${kindOf(values)}' ;;`]
  })
}

function argumentCase({ path, arguments: [first] }: CommandNode): string[] {
  if (!first || first.values.kind === 'text') return []
  return [`    ${quoted(path)}) REPLY='${kindOf(first.values)}' ;;`]
}

/** The same for every version: it asks the functions above. */
const FUNCTION = [
  '_countersign_offer() {',
  "  local kind=$1 cur=$2 program=$3 name IFS=$' \\t\\n'",
  '  case "$kind" in',
  '    words\\ *) COMPREPLY=($(compgen -W "${kind#words }" -- "$cur")) ;;',
  '    scheme) COMPREPLY=($(compgen -W "$_countersign_schemes" -- "$cur")) ;;',
  '    file | folder)',
  "      IFS=$'\\n'",
  '      if [[ $kind == file ]]; then COMPREPLY=($(compgen -f -- "$cur"))',
  '      else COMPREPLY=($(compgen -d -- "$cur")); fi',
  '      compopt -o filenames 2>/dev/null',
  '      ;;',
  '    endpoint)',
  '      while IFS= read -r name; do',
  '        [[ -n $name && $name == "$cur"* ]] && COMPREPLY+=("$(printf %q "$name")")',
  '      done < <("$program" completion endpoints 2>/dev/null)',
  '      ;;',
  '  esac',
  '}',
  '',
  '_countersign() {',
  '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}',
  '  local path= word index skip=0 ended=0 REPLY=',
  '  COMPREPLY=()',
  '  # bash splits --option=value at the sign.',
  '  if [[ $cur == "=" ]]; then cur=',
  '  elif [[ $prev == "=" ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi',
  '  for ((index = 1; index < COMP_CWORD; index++)); do',
  '    word=${COMP_WORDS[index]}',
  '    if ((skip)); then',
  '      [[ $word == "=" ]] || skip=0',
  '    elif [[ $word == -- ]]; then',
  '      ended=1',
  '    elif [[ $word == -* ]]; then',
  '      if _countersign_takes_value "$word"; then skip=1; fi',
  '    else',
  '      _countersign_commands "$path"',
  '      if [[ " $REPLY " == *" $word "* ]]; then path=${path:+$path }$word; fi',
  '    fi',
  '  done',
  '  if ((skip)); then',
  '    _countersign_value "$path" "$prev"',
  '    _countersign_offer "$REPLY" "$cur" "$1"',
  '  elif [[ $cur == -* ]] && ! ((ended)); then',
  '    _countersign_options "$path"',
  '    COMPREPLY=($(compgen -W "$REPLY" -- "$cur"))',
  '  else',
  '    _countersign_commands "$path"',
  '    if [[ -n $REPLY ]]; then',
  '      COMPREPLY=($(compgen -W "$REPLY" -- "$cur"))',
  '    else',
  '      _countersign_argument "$path"',
  '      _countersign_offer "$REPLY" "$cur" "$1"',
  '    fi',
  '  fi',
  '}',
  '',
  'complete -F _countersign countersign',
  '',
].join('\n')
