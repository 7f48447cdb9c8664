/** One command of a shell line, as far as documentation writes them. */
export interface ShellCommand {
  env: ReadonlyArray<readonly [name: string, value: string]>
  words: readonly string[]
  /** Where its standard output goes; `null`: nowhere special. */
  writesTo: string | null
  /** Where its standard input comes from. */
  readsFrom: string | null
}

interface Token {
  text: string
  /** `&&`, `>` and `<` where they stand unquoted. */
  operator: boolean
}

const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s

/**
 * The commands of a line in the order in which a POSIX shell runs them: words with quotes, `&&`,
 * `<`, `>`, assignments before a command, and comments. Anything else is refused, so that no line
 * is run as something that it is not; `$(…)` within quotes stays as it is.
 */
export function shellCommands(line: string): ShellCommand[] {
  const commands: ShellCommand[] = []
  let rest = tokens(line)
  while (rest.length > 0) {
    const end = rest.findIndex(({ text, operator }) => operator && text === '&&')
    commands.push(commandOf(end < 0 ? rest : rest.slice(0, end)))
    rest = end < 0 ? [] : rest.slice(end + 1)
  }
  return commands
}

function commandOf(list: readonly Token[]): ShellCommand {
  const env: [string, string][] = []
  const words: string[] = []
  let [writesTo, readsFrom]: (string | null)[] = [null, null]
  for (let at = 0; at < list.length; at += 1) {
    const { text, operator } = list[at] ?? { text: '', operator: false }
    const [, name, value] = (words.length === 0 && ASSIGNMENT.exec(text)) || []
    if (operator) {
      const file = list[(at += 1)]?.text ?? ''
      if (text === '>') writesTo = file
      else readsFrom = file
    } else if (name !== undefined && value !== undefined) env.push([name, value])
    else words.push(text)
  }
  return { env, words, writesTo: writesTo ?? null, readsFrom: readsFrom ?? null }
}

function tokens(line: string): Token[] {
  const found: Token[] = []
  let at = 0
  while (at < line.length) {
    const rest = line.slice(at)
    const blank = /^[ \t]+/.exec(rest)?.[0]
    const operator = /^(?:&&|[<>])/.exec(rest)?.[0]
    if (blank) at += blank.length
    else if (rest.startsWith('#')) break
    else if (operator) {
      found.push({ text: operator, operator: true })
      at += operator.length
    } else {
      const word = wordAt(rest)
      found.push({ text: word.text, operator: false })
      at += word.length
    }
  }
  return found
}

function wordAt(rest: string): { text: string; length: number } {
  let text = ''
  let at = 0
  while (at < rest.length) {
    const piece = pieceAt(rest.slice(at))
    if (piece === null) break
    text += piece.text
    at += piece.length
  }
  return { text, length: at }
}

function pieceAt(rest: string): { text: string; length: number } | null {
  const single = /^'([^']*)'/.exec(rest)
  if (single) return { text: single[1] ?? '', length: single[0].length }
  const double = /^"((?:[^"\\]|\\.)*)"/s.exec(rest)
  if (double) {
    return { text: (double[1] ?? '').replaceAll(/\\(["\\$`])/g, '$1'), length: double[0].length }
  }
  const plain = /^[^\s'"\\<>&|;$`*?()]+/.exec(rest)?.[0]
  if (plain) return { text: plain, length: plain.length }
  if (/^(?:\s|[<>]|&&)/.test(rest)) return null
  throw new Error(`The docs test does not know this shell syntax: ${rest}`)
}
