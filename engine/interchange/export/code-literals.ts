/**
 * How one language writes a text as an expression in which nothing of the text acts: nothing ends it,
 * is interpolated or is escaped. Only printable ASCII stands as it is, so what encoding the file is
 * saved in does not matter either.
 */
export interface Literals {
  text(text: string): string
  /** `null`: the language has no short way to write bytes that are no text. */
  bytes(bytes: Uint8Array): string | null
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0')
const unitEscape = (character: string) => `\\u${hex(character.charCodeAt(0), 4)}`
const byteEscape = (character: string) => `\\x${hex(character.charCodeAt(0), 2)}`

/** `active`: what gets a backslash; `other`: a character that is no printable ASCII. */
function escaped(
  characters: readonly string[],
  active: string,
  other: (character: string) => string,
): string {
  const written = characters.map((character) => {
    if (active.includes(character)) return `\\${character}`
    if (/^[\x20-\x7e]$/.test(character)) return character
    return NAMED[character] ?? other(character)
  })
  return written.join('')
}

/** UTF-16 code units as `\uXXXX`: JavaScript, C# and Kotlin, which undo them within the text only. */
function utf16(quote: string, active: string): Literals['text'] {
  return (text) => {
    return `${quote}${escaped(text.split(''), active, unitEscape)}${quote}`
  }
}

/**
 * Java undoes `\uXXXX` before it looks for the end of a text (JLS 3.3), so that what could end it is
 * written in octal, which it undoes later (JLS 3.10.7); a backslash of the text is doubled, after
 * which `u` begins nothing.
 */
function javaText(text: string): string {
  const written = escaped(text.split(''), '"\\', (unit) => {
    const code = unit.charCodeAt(0)
    return code < 0x100 ? `\\${code.toString(8).padStart(3, '0')}` : `\\u${hex(code, 4)}`
  })
  return `"${written}"`
}

/** Bytes as `\xXX`: Go, PHP, Ruby and Python's bytes. */
function bytesIn(before: string, active: string, after: string): (bytes: Uint8Array) => string {
  return (bytes) => {
    const characters = Array.from(bytes, (byte) => String.fromCharCode(byte))
    return `${before}${escaped(characters, active, byteEscape)}${after}`
  }
}

/** Code points: Python (`\UXXXXXXXX`) and Rust (`\u{X}`). */
function points(other: (code: number) => string): Literals['text'] {
  const point = (character: string) => other(character.codePointAt(0) ?? 0)
  return (text) => `"${escaped(Array.from(text), '"\\', point)}"`
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const none = () => null

/** Of languages whose texts are bytes. */
function bytewise(active: string, afterBytes = '"'): Literals {
  const text = bytesIn('"', active, '"')
  return {
    text: (each) => text(Buffer.from(each, 'utf8')),
    bytes: bytesIn('"', active, afterBytes),
  }
}

const javascript = utf16("'", "'\\")

export const literals = {
  browser: {
    text: javascript,
    bytes: (bytes) =>
      `Uint8Array.from(atob('${base64(bytes)}'), (character) => character.charCodeAt(0))`,
  },
  node: { text: javascript, bytes: (bytes) => `Buffer.from('${base64(bytes)}', 'base64')` },
  python: {
    text: points((code) => `\\U${hex(code, 8)}`),
    bytes: bytesIn('b"', '"\\', '"'),
  },
  go: bytewise('"\\'),
  php: bytewise('"\\$'),
  ruby: bytewise('"\\#', '".b'),
  java: { text: javaText, bytes: none },
  csharp: { text: utf16('"', '"\\'), bytes: none },
  kotlin: { text: utf16('"', '"\\$'), bytes: none },
  rust: { text: points((code) => `\\u{${code.toString(16)}}`), bytes: none },
} satisfies Record<string, Literals>
