import { ansiCString } from './ansi-c-string.ts'

export interface ShellWords {
  words: string[]
  /** What the shell would have done and this reader does not. */
  notices: string[]
}

/**
 * Splits the first simple command of a POSIX shell line into words (POSIX.1-2017, Shell Command
 * Language §2.2 and §2.3), with bash's `$'…'`. Nothing is expanded: variables and command
 * substitutions stay as they stand, with a notice. Reading stops at `|`, `;`, `&`, a redirection or
 * the end of the line.
 *
 * @param text one code unit per byte
 */
export function shellWords(text: string): ShellWords | { problem: string } {
  const reader = new ShellReader(text)
  return reader.read()
}

class ShellReader {
  private readonly text: string
  private at = 0
  private readonly words: string[] = []
  private readonly notices = new Set<string>()
  /** `null` between words; an empty pair of quotes makes an empty word. */
  private parts: string[] | null = null

  constructor(text: string) {
    this.text = text
  }

  read(): ShellWords | { problem: string } {
    while (this.at < this.text.length) {
      const character = this.text.charAt(this.at)
      if (endsCommand.has(character) && !this.isLeadingBreak(character)) {
        this.noticeRest(character)
        break
      }
      const problem = this.step(character)
      if (problem !== null) return { problem }
    }
    this.endWord()
    return { words: this.words, notices: [...this.notices] }
  }

  private step(character: string): string | null {
    switch (character) {
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        this.endWord()
        this.at++
        return null
      case '#':
        if (this.parts !== null) return this.take(character)
        this.at = this.endOf('\n')
        return null
      case "'":
        return this.singleQuotes()
      case '"':
        return this.doubleQuotes()
      case '\\':
        return this.backslash()
      case '$':
        return this.dollar()
      case '`':
        this.noticeExpansion('`…`')
        return this.take(character)
      default:
        return this.take(character)
    }
  }

  private take(piece: string, length = piece.length): null {
    this.parts ??= []
    this.parts.push(piece)
    this.at += length
    return null
  }

  private endWord(): void {
    if (this.parts !== null) this.words.push(this.parts.join(''))
    this.parts = null
  }

  private singleQuotes(): string | null {
    const end = this.text.indexOf("'", this.at + 1)
    if (end === -1) return unclosed("'", this.lineNumber())
    return this.take(this.text.slice(this.at + 1, end), end + 1 - this.at)
  }

  private doubleQuotes(): string | null {
    const openedOn = this.lineNumber()
    this.take('', 1)
    while (this.at < this.text.length) {
      const character = this.text.charAt(this.at)
      const next = this.text.charAt(this.at + 1)
      if (character === '"') return this.take('', 1)
      if (character === '\\' && next === '\n') this.take('', 2)
      else if (character === '\\' && next !== '' && '$`"\\'.includes(next)) this.take(next, 2)
      else {
        if (character === '$') this.noticeVariable()
        if (character === '`') this.noticeExpansion('`…`')
        this.take(character)
      }
    }
    return unclosed('"', openedOn)
  }

  private backslash(): null {
    const next = this.text.charAt(this.at + 1)
    const continuation = /^\\\r?\n/.exec(this.text.slice(this.at, this.at + 3))
    if (continuation) {
      this.at += continuation[0].length
      return null
    }
    return this.take(next, 1 + next.length)
  }

  private dollar(): string | null {
    if (this.text.charAt(this.at + 1) === "'") {
      const read = ansiCString(this.text, this.at + 2)
      if (!read) return unclosed("$'", this.lineNumber())
      return this.take(read.value, read.end - this.at)
    }
    // $"…" is a translated string, in practice the same string.
    if (this.text.charAt(this.at + 1) === '"') return this.take('', 1)
    this.noticeVariable()
    return this.take('$')
  }

  /** `$NAME`, `${NAME}` and `$(…)`: their values are not known here. */
  private noticeVariable(): void {
    const variable = /^\$(?:[A-Za-z_]\w*|\{[^}\s]{1,40}\}|\()/.exec(
      this.text.slice(this.at, this.at + 48),
    )
    if (variable) this.noticeExpansion(variable[0] === '$(' ? '$(…)' : variable[0])
  }

  private noticeExpansion(what: string): void {
    if (this.notices.size < 20) {
      this.notices.add(`${what} stands as it is: the shell would put its value there.`)
    }
  }

  private isLeadingBreak(character: string): boolean {
    return character === '\n' && this.words.length === 0 && this.parts === null
  }

  private noticeRest(character: string): void {
    if (this.text.slice(this.at).trim() === '' || this.words.length === 0) return
    const what = character === '\n' ? 'the end of its line' : `“${character}”`
    this.notices.add(`What follows ${what} after the curl command is left out.`)
  }

  private lineNumber(): number {
    return this.text.slice(0, this.at).split('\n').length
  }

  private endOf(character: string): number {
    const end = this.text.indexOf(character, this.at)
    return end === -1 ? this.text.length : end
  }
}

const endsCommand = new Set(['\n', '|', ';', '&', '<', '>', '(', ')'])

function unclosed(quote: string, line: number): string {
  return `The quote ${quote} opened on line ${line} is not closed.`
}
