/** What may stand between single quotes and in a terminal that it is pasted into: nothing acts there. */
const PLAIN = /^[\x20-\x7E]*$/
/** Beside printable ASCII, what a person reads: no controls, nothing that hides or turns around. */
const READABLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * Text as one word of bash (Bash manual, 3.1.2.4): between single quotes, or with escapes where it
 * has what single quotes cannot hold safely. Pasted into a terminal it is inert: control characters
 * are written as escapes, and no history expansion sees a `!`. Bash has no NUL in a word: it is
 * refused with a `RangeError`.
 */
export function bashQuote(text: string): string {
  if (text.includes('\0')) throw new RangeError('A word of bash holds no NUL.')
  if (PLAIN.test(text) && !(text.includes("'") && /[!\\]/.test(text))) {
    return `'${text.replaceAll("'", "'\\''")}'`
  }
  return `$'${Array.from(text, escapedCharacter).join('')}'`
}

/** Bytes as one word of bash: UTF-8 is text, all else is escaped byte by byte. NUL is refused. */
export function bashQuoteBytes(bytes: Uint8Array): string {
  const text = utf8Of(bytes)
  if (text !== null) return bashQuote(text)
  const pieces = Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? escapedCharacter(String.fromCharCode(byte)) : escapedByte(byte),
  )
  return `$'${pieces.join('')}'`
}

/**
 * Bytes as the format of bash's `printf`, which also writes NUL. A format that began with `-` would
 * be taken for an option (`-v` even sets a variable): the first byte is never written as that.
 */
export function bashPrintfFormat(bytes: Uint8Array): string {
  return `'${Array.from(bytes, (byte, index) => {
    const isOption = index === 0 && byte === 0x2d
    const plain =
      !isOption && byte >= 0x20 && byte < 0x7f && !"%\\'!".includes(String.fromCharCode(byte))
    return plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`
  }).join('')}'`
}

/** Bytes as text, `null` where they are no UTF-8. */
export function utf8Of(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapedCharacter(character: string): string {
  const name = named[character]
  if (name !== undefined) return name
  if (character === "'" || character === '!' || character === '\\')
    return escapedByte(character.charCodeAt(0))
  if (PLAIN.test(character) || READABLE.test(character)) return character
  return Array.from(new TextEncoder().encode(character), escapedByte).join('')
}

/** Octal, always three digits: what follows is never taken for a part of it. */
function escapedByte(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`
}
