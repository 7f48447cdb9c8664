import { textOf, type JsonTokens, type Token } from './json-tokens.ts'

/** Where blanks stand: as they came, none, Python's default, or one member a line. */
export type Layout = 'kept' | 'compact' | 'spaced' | { indent: string }
/** Which characters of a string are escaped; `kept`: as they came. */
export type Escapes =
  'kept' | 'minimal' | 'slashes' | 'ascii' | 'ascii-slashes' | 'html' | 'gson' | 'dotnet'
/** How numbers are written; `kept`: as they came. */
export type Numbers = 'kept' | 'javascript' | 'python' | 'go' | 'float' | 'cents'

/** How a program writes JSON. */
export interface Style {
  layout: Layout
  escapes: Escapes
  numbers: Numbers
}

/** Writes the same tokens in many styles; what styles share is made once. */
export class JsonWriter {
  readonly #json: JsonTokens
  readonly #gaps = new Map<string, readonly string[]>()
  readonly #scalars = new Map<string, readonly string[]>()

  constructor(json: JsonTokens) {
    this.#json = json
  }

  write(style: Style): string {
    const gaps = this.#gapsOf(style.layout)
    const scalars = this.#scalarsOf(style)
    let text = ''
    for (let index = 0; index < scalars.length; index++) {
      text += (gaps[index] ?? '') + (scalars[index] ?? '')
    }
    return text + (gaps[scalars.length] ?? '')
  }

  /** What stands before each token, and after the last. */
  #gapsOf(layout: Layout): readonly string[] {
    if (layout === 'kept') return this.#json.blanks
    const name = typeof layout === 'string' ? layout : layout.indent
    const known = this.#gaps.get(name)
    if (known) return known
    const { tokens } = this.#json
    const made =
      typeof layout === 'string'
        ? flatGaps(tokens, layout === 'spaced' ? ' ' : '')
        : indentedGaps(tokens, layout.indent)
    this.#gaps.set(name, made)
    return made
  }

  #scalarsOf({ escapes, numbers }: Style): readonly string[] {
    const name = `${escapes} ${numbers}`
    const known = this.#scalars.get(name)
    if (known) return known
    const write = escapeWriter(escapes)
    const made = this.#json.tokens.map((token) => {
      if (token.kind === 'string') return write(token.raw)
      if (token.kind === 'number') return numberText(token.raw, numbers)
      return token.kind === 'word' ? token.raw : token.kind
    })
    this.#scalars.set(name, made)
    return made
  }
}

function flatGaps(tokens: readonly Token[], gap: string): string[] {
  return tokens.map((_, index) => {
    const before = tokens[index - 1]?.kind
    return before === ',' || before === ':' ? gap : ''
  })
}

function indentedGaps(tokens: readonly Token[], indent: string): string[] {
  const gaps: string[] = []
  const lines: string[] = []
  let depth = 0
  const line = () => (lines[depth] ??= `\n${indent.repeat(depth)}`)
  for (let index = 0; index < tokens.length; index++) {
    const kind = tokens[index]?.kind
    const before = tokens[index - 1]?.kind
    const opened = before === '{' || before === '['
    if (opened) depth++
    const closes = kind === '}' || kind === ']'
    if (closes) depth--
    if (closes ? !opened : opened || before === ',') gaps.push(line())
    else gaps.push(before === ':' ? ' ' : '')
  }
  return gaps
}

const hexEscape = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
const upperEscape = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`

/** What is escaped beyond what RFC 8259 wants, by code unit. */
const further: Record<Exclude<Escapes, 'kept' | 'minimal'>, [RegExp, (found: string) => string]> = {
  slashes: [/\//g, () => '\\/'],
  ascii: [/[\u007f-\uffff]/g, (found) => (found === '\u007f' ? found : hexEscape(found))],
  'ascii-slashes': [/[/\u0080-\uffff]/g, (found) => (found === '/' ? '\\/' : hexEscape(found))],
  html: [/[<>&\u2028\u2029]/g, hexEscape],
  gson: [/[<>&='\u2028\u2029]/g, hexEscape],
  dotnet: [
    /\\"|[<>&'+`\u007f-\uffff]/g,
    (found) => (found === '\\"' ? '\\u0022' : upperEscape(found)),
  ],
}

const minimal = (raw: string) => (raw.includes('\\') ? JSON.stringify(textOf(raw)) : raw)

function escapeWriter(escapes: Escapes): (raw: string) => string {
  if (escapes === 'kept') return (raw) => raw
  if (escapes === 'minimal') return minimal
  const [pattern, replace] = further[escapes]
  return (raw) => minimal(raw).replace(pattern, replace)
}

/** A number as a program writes it after reading it. */
export function numberText(raw: string, numbers: Numbers): string {
  const value = Number(raw)
  const isWhole = /^-?\d+$/.test(raw)
  switch (numbers) {
    case 'javascript':
      return String(value)
    case 'kept':
      return raw
    case 'python':
      return isWhole ? raw : pythonFloat(value)
    case 'go':
      return goFloat(value)
    case 'float':
      return isWhole ? `${raw}.0` : raw
    case 'cents':
      break
  }
  return /^-?\d+\.\d$/.test(raw) ? `${raw}0` : raw
}

/** repr of a float: always with a point or an exponent, two digits in the exponent. */
function pythonFloat(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  }
  const text = String(value)
  return text.includes('.') ? text : `${text}.0`
}

/** encoding/json of a float64: exponents below 1e-6 and from 1e21 on. */
function goFloat(value: number): string {
  return String(value).replace(/e-0?(\d)$/, 'e-0$1')
}
