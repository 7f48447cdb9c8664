import { exitCodes } from '#cli/exit-codes.ts'
import { allNodes, type CommandNode, runnable, usageOf } from './command-tree.ts'
import { environment } from './environment.ts'

/**
 * countersign(1) in the man macros (man 7), for groff and mandoc alike.
 *
 * @param date of the version, `YYYY-MM-DD`
 */
export function manPage(tree: CommandNode, { version, date }: { version: string; date: string }) {
  const runs = allNodes(tree).filter((node) => runnable(node))
  return `${[
    `.TH COUNTERSIGN 1 "${date}" "countersign ${text(version)}" "User Commands"`,
    '.SH NAME',
    'countersign \\- record webhooks, judge their signatures, send them again',
    '.SH SYNOPSIS',
    '.B countersign',
    '.I command',
    '.RI [ options ]',
    '.SH DESCRIPTION',
    text(tree.description),
    '.PP',
    'One engine runs per data directory. A command attaches to the one that runs, else it opens the directory itself for as long as it takes.',
    '.SH COMMANDS',
    ...runs.flatMap(commandLines),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([name, means]) => ['.TP', `.B ${text(name)}`, text(means)]),
    '.SH EXIT STATUS',
    ...exitCodes.flatMap(({ code, means }) => ['.TP', `.B ${code}`, text(means)]),
    '.SH EXAMPLES',
    ...examples.flatMap(([command, means], at) => [
      ...(at === 0 ? [] : ['.PP']),
      ...[text(means), '.PP', '.RS 4', '.nf'],
      ...[text(command), '.fi', '.RE'],
    ]),
  ].join('\n')}\n`
}

const examples = [
  ['countersign listen', 'Capture, print a line per delivery, serve the UI:'],
  [
    'STRIPE=whsec_... countersign endpoints add stripe --path /stripe --scheme stripe --secret-env STRIPE',
    'Judge what comes to a path:',
  ],
  [
    "countersign list --query 'verdict:invalid after:2h'",
    'Find what a correct receiver would refuse:',
  ],
] as const

function commandLines(node: CommandNode): string[] {
  return [
    `.SS ${text(usageOf(node))}`,
    `${text(capital(node.description))}.`,
    ...node.arguments
      .filter(({ description }) => description !== '')
      .flatMap(({ name, description }) => ['.TP', `.I ${text(name)}`, text(description)]),
    ...node.options
      .filter(({ long }) => long !== '--help')
      .flatMap(({ flags, description, defaultText }) => [
        '.TP',
        `.B ${text(flags)}`,
        text(defaultText === null ? description : `${description} (default: ${defaultText})`),
      ]),
    ...(node.notes === '' ? [] : ['.PP', '.nf', ...node.notes.split('\n').map(text), '.fi']),
  ]
}

const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** Nothing in it is read as a request or an escape; what is not ASCII is named by code point. */
function text(plain: string): string {
  return plain
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&')
    .replaceAll('"', '\\(dq')
    .replace(/[^\x20-\x7e]/gu, (found) => {
      const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
      return `\\[u${code}]`
    })
}
