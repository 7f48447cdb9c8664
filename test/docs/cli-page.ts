import { exitCodes } from '#cli/exit-codes.ts'
import {
  allNodes,
  type CommandNode,
  type OptionNode,
  runnable,
  usageOf,
} from '#cli/reference/command-tree.ts'
import { environment } from '#cli/reference/environment.ts'
import { wholeTree } from '#cli/reference/whole-tree.ts'

/** What stands in Markdown as it is, also within a cell of a table. */
function plain(text: string): string {
  return text.replace(/[\\<>|*_[\]{}]/g, '\\$&')
}

const code = (text: string) => `\`${text}\``
/** In a table a bar ends the cell, in code too. */
const cellCode = (text: string) => code(text.replaceAll('|', '\\|'))

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** docs/cli.md: every command as the program itself knows it. */
export function cliPage(): string {
  const tree = wholeTree()
  const commands = allNodes(tree).filter((node) => runnable(node))
  const parts = [
    '# Command line',
    'Made from the program itself by `npm run docs:generate`. `countersign COMMAND --help` says the same, and `man countersign` where the package brought the page.',
    'One engine runs per data directory. A command attaches to the one that runs; without one it opens the directory itself, for as long as it takes.',
    table(
      ['command', ''],
      commands.map((node) => [
        `[${code(node.path.join(' '))}](#${node.path.join('-')})`,
        plain(node.description),
      ]),
    ),
    '## Exit codes',
    table(
      ['code', 'means'],
      exitCodes.map(({ code: number, means }) => [String(number), plain(means)]),
    ),
    '## Environment',
    table(
      ['variable', 'means'],
      environment.map(([name, means]) => [code(name), plain(means)]),
    ),
    'Secrets are read from the variable that `--secret-env` names, or from standard input with `--secret-stdin`; passphrases from a terminal, a file or standard input. Neither is ever taken from the command line, which other users of the machine can read.',
    '## JSON',
    'With `--json`, standard output holds JSON and nothing else; what is for people goes to standard error. [The schemas](json.md) of all of it.',
    '## Completion',
    '```sh\neval "$(countersign completion bash)"\ncountersign completion zsh > _countersign\ncountersign completion fish > countersign.fish\ncountersign completion powershell > countersign.ps1\n```',
    'The first line goes into `~/.bashrc`. The file of zsh goes into a folder of `$fpath`, that of fish into `~/.config/fish/completions`, and that of PowerShell is read in `$PROFILE` with `. PATH/countersign.ps1`. Names of endpoints are asked of the Countersign that runs.',
    ...commands.map(commandPart),
  ]
  return `${parts.join('\n\n')}\n`
}

function commandPart(node: CommandNode): string {
  const options = node.options.filter(({ long }) => long !== '--help')
  return [
    `## ${node.path.join(' ')}`,
    `${plain(node.description.charAt(0).toUpperCase() + node.description.slice(1))}.`,
    `\`\`\`\n${usageOf(node)}\n\`\`\``,
    ...(node.arguments.length + options.length === 0
      ? []
      : [
          table(
            ['', ''],
            [
              ...node.arguments
                .filter(({ description }) => description !== '')
                .map(({ name, description }) => [cellCode(name), plain(description)]),
              ...options.map((option) => [cellCode(option.flags), optionText(option)]),
            ],
          ),
        ]),
    ...(node.notes === '' ? [] : [`\`\`\`text\n${node.notes}\n\`\`\``]),
  ].join('\n\n')
}

function optionText({ description, values, defaultText, mandatory, long }: OptionNode): string {
  const known = values.kind === 'choices' ? values.choices.map(code).join(', ') : ''
  return [
    plain(description),
    ...(known === '' || description.includes('one of') ? [] : [`One of ${known}.`]),
    ...(values.kind === 'scheme' ? ['See [the schemes](catalogue.md).'] : []),
    ...(long === '--query' ? ['See [filters](filters.md).'] : []),
    ...(defaultText === null ? [] : [`Default: ${code(defaultText)}.`]),
    ...(mandatory ? ['Required.'] : []),
  ]
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ')
}
