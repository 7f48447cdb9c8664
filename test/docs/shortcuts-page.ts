import { commandGroups, commands, type Command } from '#renderer/commands/command-list.ts'
import { keysOf } from '#renderer/commands/keymap.ts'
import { keyText } from '#renderer/commands/keys.ts'
import { code } from './scheme-words.ts'

const places: Readonly<Record<string, string>> = {
  list: 'in the list',
  delivery: 'in the delivery',
}

/** docs/shortcuts.md, from the app's own list of commands. */
export function shortcutsPage(): string {
  return (
    [
      '# Keyboard shortcuts',
      'Made from the app’s list of commands by `npm run docs:generate`. `?` shows the same list in the app, `Ctrl+K` (`⌘K`) finds every command by its name. All keys can be changed in Settings, Keyboard; they are kept in `keymap.json` in the data directory.',
      ...commandGroups.flatMap((group) => [
        `## ${group}`,
        [
          '| what | keys | macOS | where |',
          '| --- | --- | --- | --- |',
          ...commands.filter((each) => each.group === group).map(row),
        ].join('\n'),
      ]),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  )
}

function row(command: Command): string {
  const cells = [
    command.title,
    keys(command, false),
    keys(command, true),
    places[command.place ?? ''] ?? '',
  ]
  return `| ${cells.join(' | ')} |`
}

function keys(command: Command, isMac: boolean): string {
  return keysOf(command, {}, isMac)
    .map((key) => code(keyText(key, isMac)).replaceAll('|', '\\|'))
    .join(' ')
}
