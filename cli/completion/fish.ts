import { allNodes, type CommandNode, type OptionNode } from '#cli/reference/command-tree.ts'
import type { Values } from '#cli/reference/values.ts'
import type { CompletionData } from './completion-data.ts'
import { valuedOptions } from './valued-options.ts'

/** In single quotes, where fish knows `\\` and `\'` alone. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

const paths = (nodes: readonly CommandNode[]) =>
  nodes.filter(({ path }) => path.length > 0).map(({ path }) => quoted(path.join(' ')))

/** For fish 3.1 and later. What a command substitution gives is offered as it is, never expanded. */
export function fishScript({ tree, schemeIds }: CompletionData): string {
  const nodes = allNodes(tree)
  return [
    '# fish completion for countersign, made by: countersign completion fish',
    '',
    `set -g __countersign_commands ${paths(nodes).join(' ')}`,
    `set -g __countersign_valued ${valuedOptions(tree).join(' ')}`,
    `set -g __countersign_schemes ${schemeIds.map(quoted).join(' ')}`,
    '',
    ...FUNCTIONS,
    '',
    'complete -c countersign -f',
    ...nodes.flatMap(linesOf),
    '',
  ].join('\n')
}

function linesOf(node: CommandNode): string[] {
  const at = `complete -c countersign -n ${quoted(`__countersign_at ${quoted(node.path.join(' '))}`)}`
  const [first] = node.arguments
  return [
    ...node.commands.map(
      (child) => `${at} -a ${quoted(child.path.at(-1) ?? '')} -d ${quoted(child.description)}`,
    ),
    ...node.options.map(
      (option) => `${at} ${optionWords(option)} -d ${quoted(option.description)}`,
    ),
    ...(first && first.values.kind !== 'text' ? [`${at} ${offered(first.values)}`] : []),
  ]
}

function optionWords({ long, short, takes, values }: OptionNode): string {
  const names = [...(short === null ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`].join(
    ' ',
  )
  if (takes !== 'required') return names
  // -x: a value follows, and it is no file.
  return `${names} ${values.kind === 'file' ? '-r' : '-x'} ${offered(values)}`.trimEnd()
}

function offered(values: Values): string {
  switch (values.kind) {
    case 'choices':
      return `-a ${quoted(values.choices.join(' '))}`
    case 'scheme':
      return "-a '$__countersign_schemes'"
    case 'endpoint':
      return "-a '(__countersign_endpoints)'"
    case 'file':
      return '-F'
    case 'folder':
      return "-a '(__fish_complete_directories)'"
    case 'text':
      break
  }
  return ''
}

const FUNCTIONS = [
  'function __countersign_path',
  '    set -l words (commandline -opc)',
  '    set -l path',
  '    set -l skip 0',
  '    for word in $words[2..-1]',
  '        if test $skip = 1',
  '            set skip 0',
  "        else if string match -q -- '-*' $word",
  '            contains -- $word $__countersign_valued; and set skip 1',
  '        else if contains -- (string join " " $path $word) $__countersign_commands',
  '            set -a path $word',
  '        end',
  '    end',
  '    string join " " $path',
  'end',
  '',
  'function __countersign_at',
  '    set -l path (__countersign_path)',
  '    test "$path" = "$argv[1]"',
  'end',
  '',
  'function __countersign_endpoints',
  '    set -l words (commandline -opc)',
  '    command $words[1] completion endpoints 2>/dev/null',
  'end',
]
