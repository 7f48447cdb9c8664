import {
  allNodes,
  type ArgumentNode,
  type CommandNode,
  type OptionNode,
} from '#cli/reference/command-tree.ts'
import type { Values } from '#cli/reference/values.ts'
import type { CompletionData } from './completion-data.ts'

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
/** Within a specification of _arguments, where brackets and colons end what is said. */
const inside = (text: string) => text.replaceAll(/[\\[\]:]/g, '\\$&')

/** For zsh 5, with its own _arguments. `compadd` quotes names of endpoints itself. */
export function zshScript({ tree, schemeIds }: CompletionData): string {
  return [
    '#compdef countersign',
    '# zsh completion for countersign, made by: countersign completion zsh',
    '',
    '_countersign_schemes() {',
    '  local -a ids',
    `  ids=(${schemeIds.join(' ')})`,
    '  compadd -a ids',
    '}',
    '',
    '_countersign_endpoints() {',
    '  local -a names',
    '  names=("${(@f)$(_call_program endpoints countersign completion endpoints 2>/dev/null)}")',
    '  compadd -a names',
    '}',
    '',
    ...allNodes(tree).flatMap((node) => [...functionOf(node), '']),
    'if [[ $funcstack[1] == _countersign ]]; then',
    '  _countersign "$@"',
    'else',
    '  compdef _countersign countersign',
    'fi',
    '',
  ].join('\n')
}

function nameOf(path: readonly string[]): string {
  return ['_countersign', ...path.map((word) => word.replaceAll('-', '_'))].join('__')
}

function functionOf(node: CommandNode): string[] {
  const name = nameOf(node.path)
  const options = node.options.map((option) => `    ${optionSpec(option)} \\`)
  if (node.commands.length === 0) {
    const given = node.arguments.map((each, index) => argumentSpec(each, index + 1))
    const specs = [...options, ...given.map((spec) => `    ${spec} \\`)]
    return [`${name}() {`, '  _arguments -s -S \\', ...specs, '    && return 0', '}']
  }
  return [
    `${name}() {`,
    '  local curcontext="$curcontext" state state_descr line ret=1',
    '  local -A opt_args',
    '  local -a commands',
    '  commands=(',
    ...node.commands.map(
      (child) => `    ${quoted(`${inside(child.path.at(-1) ?? '')}:${child.description}`)}`,
    ),
    '  )',
    '  _arguments -C -A "-*" \\',
    ...options,
    "    '1: :->command' '*:: :->rest' && ret=0",
    '  case $state in',
    '    command) _describe -t commands command commands && ret=0 ;;',
    '    rest)',
    '      case $words[1] in',
    ...node.commands.map(
      (child) => `        ${child.path.at(-1) ?? ''}) ${nameOf(child.path)} && ret=0 ;;`,
    ),
    '      esac',
    '      ;;',
    '  esac',
    '  return ret',
    '}',
  ]
}

function optionSpec({ long, short, description, takes, valueName, values }: OptionNode): string {
  const value =
    takes === 'none'
      ? ''
      : `${takes === 'optional' ? '::' : ':'}${inside(valueName)}:${action(values)}`
  // Any may be repeated; those that may not are few, and the command says so.
  const specs = [long, ...(short === null ? [] : [short])].map((name) =>
    quoted(`*${name}[${inside(description)}]${value}`),
  )
  return specs.join(' ')
}

function argumentSpec({ name, required, variadic, values }: ArgumentNode, place: number): string {
  const where = variadic ? '*' : String(place)
  return quoted(`${where}${required || variadic ? ':' : '::'}${inside(name)}:${action(values)}`)
}

function action(values: Values): string {
  switch (values.kind) {
    case 'choices':
      return `(${values.choices.join(' ')})`
    case 'scheme':
      return '_countersign_schemes'
    case 'endpoint':
      return '_countersign_endpoints'
    case 'file':
      return '_files'
    case 'folder':
      return '_files -/'
    case 'text':
      break
  }
  return ' '
}
