/** One hop as its proxy describes it: `for`, `by`, `host`, `proto` and others, in lower case. */
export type ForwardedElement = ReadonlyMap<string, string>

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y
const BLANKS = /[\t ]*/y

/**
 * The elements of a `Forwarded` header (RFC 7239 §4), several lines joined by commas. `null`: it is
 * malformed anywhere, and then nothing of it counts. Blanks around separators are let pass, empty
 * elements are left out (RFC 9110 §5.6.1), and a parameter occurs at most once in an element.
 */
export function readForwarded(text: string): ForwardedElement[] | null {
  const reader = new Reader(text)
  const elements: ForwardedElement[] = []
  for (;;) {
    const element = readElement(reader)
    if (element === null) return null
    if (element.size > 0) elements.push(element)
    if (reader.atEnd) return elements
    if (!reader.takes(',')) return null
  }
}

function readElement(reader: Reader): ForwardedElement | null {
  const pairs = new Map<string, string>()
  for (;;) {
    reader.blanks()
    const name = reader.token()
    if (name !== null) {
      if (!reader.takes('=')) return null
      const value = reader.value()
      if (value === null || pairs.has(name.toLowerCase())) return null
      pairs.set(name.toLowerCase(), value)
      reader.blanks()
    }
    if (!reader.takes(';')) return pairs
  }
}

class Reader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  get atEnd(): boolean {
    return this.at >= this.text.length
  }

  blanks(): void {
    this.match(BLANKS)
  }

  token(): string | null {
    return this.match(TOKEN)
  }

  takes(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at += 1
    return true
  }

  value(): string | null {
    return this.text[this.at] === '"' ? this.quoted() : this.token()
  }

  /** A quoted-string (RFC 9110 §5.6.4) without its quotes and backslashes. */
  private quoted(): string | null {
    let value = ''
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const character = this.text[at]
      if (character === '"') {
        this.at = at + 1
        return value
      }
      if (character === '\\') at += 1
      value += this.text[at] ?? ''
    }
    return null
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? null
    if (found !== null) this.at += found.length
    return found
  }
}
