const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
}

/**
 * Reads the inside of bash's `$'…'` (Bash manual §3.1.2.4) from `start` up to its closing quote.
 * `\x` and octal give bytes, `\u` and `\U` the UTF-8 bytes of a character.
 *
 * @returns the bytes as Latin-1 text and the offset after the closing quote; `null` when it is not closed
 */
export function ansiCString(text: string, start: number): { value: string; end: number } | null {
  const parts: string[] = []
  let at = start
  while (at < text.length) {
    const character = text.charAt(at)
    if (character === "'") return { value: parts.join(''), end: at + 1 }
    if (character !== '\\') {
      parts.push(character)
      at++
      continue
    }
    const escape = readEscape(text.slice(at + 1, at + 10))
    parts.push(escape.value)
    at += 1 + escape.length
  }
  return null
}

function readEscape(rest: string): { value: string; length: number } {
  const letter = rest.charAt(0)
  const known = Object.hasOwn(simple, letter) ? simple[letter] : undefined
  if (known !== undefined) return { value: known, length: 1 }
  const octal = /^[0-7]{1,3}/.exec(rest)?.[0]
  if (octal !== undefined) return byte(Number.parseInt(octal, 8), octal.length)
  const hex = /^x([0-9A-Fa-f]{1,2})/.exec(rest)?.[1]
  if (hex !== undefined) return byte(Number.parseInt(hex, 16), 1 + hex.length)
  const unicode = /^(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/.exec(rest)
  const digits = unicode?.[1] ?? unicode?.[2]
  if (digits !== undefined) {
    const codePoint = Number.parseInt(digits, 16)
    const character = codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '\ufffd'
    return { value: Buffer.from(character, 'utf8').toString('latin1'), length: 1 + digits.length }
  }
  const control = /^c([@-_a-z])/.exec(rest)?.[1]
  if (control !== undefined) return byte(control.toUpperCase().charCodeAt(0) & 0x1f, 2)
  // Any other backslash stays as it is.
  return { value: '\\', length: 0 }
}

function byte(value: number, length: number): { value: string; length: number } {
  return { value: String.fromCharCode(value & 0xff), length }
}
