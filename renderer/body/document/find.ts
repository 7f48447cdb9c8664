/** What is looked for in a body. */
export interface FindTerm {
  text: string
  matchCase: boolean
  /** `text` is written in hex digits, two for a byte; only where bytes are looked at. */
  hex: boolean
}

/** More matches than this are not told apart: “10,000+”. */
export const MOST_MATCHES = 10_000

export interface Matches {
  /** Pairs of start and end, in order. */
  ranges: Uint32Array
  /** There are more than `MOST_MATCHES`. */
  capped: boolean
}

const NONE: Matches = { ranges: new Uint32Array(0), capped: false }

function collect(text: string, pattern: RegExp): Matches {
  const found: number[] = []
  let capped = false
  for (const match of text.matchAll(pattern)) {
    if (found.length === MOST_MATCHES * 2) {
      capped = true
      break
    }
    found.push(match.index, match.index + match[0].length)
  }
  return { ranges: Uint32Array.from(found), capped }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function patternOf(term: FindTerm): RegExp {
  return new RegExp(escaped(term.text), term.matchCase ? 'gu' : 'giu')
}

/** Where a text stands in another, by UTF-16 units. Folds case as Unicode has it, lengths kept. */
export function findInText(text: string, term: FindTerm): Matches {
  return term.text === '' ? NONE : collect(text, patternOf(term))
}

/** Tells of many texts whether they hold the term. */
export function holderOf(term: FindTerm): (text: string) => boolean {
  if (term.text === '') return () => false
  const pattern = patternOf(term)
  return (text) => {
    pattern.lastIndex = 0
    return pattern.test(text)
  }
}

/** The bytes that hex digits name, with or without spaces; `null` when they are not whole bytes. */
export function bytesOfHex(text: string): Uint8Array | null {
  const digits = text.replace(/0x|[\s,:]/gi, '')
  if (digits === '' || digits.length % 2 === 1 || /[^\da-f]/i.test(digits)) return null
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** One character for each byte, whatever its value: WHATWG's windows-1252 is one to one. */
function oneToOne(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(bytes)
}

/** Where bytes stand; text is looked for as UTF-8, and only ASCII letters are folded. */
export function findInBytes(bytes: Uint8Array, term: FindTerm): Matches {
  const wanted = term.hex ? bytesOfHex(term.text) : new TextEncoder().encode(term.text)
  if (!wanted || wanted.length === 0) return NONE
  const folds = !term.hex && !term.matchCase
  const source = Array.from(oneToOne(wanted), (character) =>
    folds && /[a-z]/i.test(character)
      ? `[${character.toLowerCase()}${character.toUpperCase()}]`
      : // As a code unit: control characters stand in a pattern for themselves, but not all do.
        `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ).join('')
  return collect(oneToOne(bytes), new RegExp(source, 'g'))
}
