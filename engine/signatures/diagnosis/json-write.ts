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

/** The tokens written in a style. */
export function writeJson({ tokens, blanks }: JsonTokens, style: Style): string {
  const scalar = scalarWriter(style)
  if (style.layout === 'kept') {
    let text = ''
    tokens.forEach((token, index) => (text += (blanks[index] ?? '') + scalar(token)))
    return text + (blanks[tokens.length] ?? '')
  }
  return typeof style.layout === 'string'
    ? writeFlat(tokens, style.layout === 'spaced' ? ' ' : '', scalar)
    : writeIndented(tokens, style.layout.indent, scalar)
}

type WriteScalar = (token: Token) => string

function writeFlat(tokens: readonly Token[], gap: string, scalar: WriteScalar): string {
  let text = ''
  for (const token of tokens) {
    text += scalar(token)
    if (token.kind === ',' || token.kind === ':') text += gap
  }
  return text
}

function writeIndented(tokens: readonly Token[], indent: string, scalar: WriteScalar): string {
  let text = ''
  let depth = 0
  const line = () => (text += '\n' + indent.repeat(depth))
  tokens.forEach((token, index) => {
    const before = tokens[index - 1]?.kind
    if (token.kind === '}' || token.kind === ']') {
      depth--
      if (before !== '{' && before !== '[') line()
    } else if (before === '{' || before === '[') line()
    text += scalar(token)
    if (token.kind === '{' || token.kind === '[') depth++
    else if (token.kind === ',') line()
    else if (token.kind === ':') text += ' '
  })
  return text
}

function scalarWriter({ escapes, numbers }: Style): WriteScalar {
  const write = escapeWriter(escapes)
  return (token) => {
    if (token.kind === 'string') return write(token.raw)
    if (token.kind === 'number') return numberText(token.raw, numbers)
    return token.kind === 'word' ? token.raw : token.kind
  }
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
