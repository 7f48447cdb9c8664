/** Characters that are looked at to tell text from bytes that are none. */
const SAMPLE_LENGTH = 4_096
/** More characters than this part that text never has: it is none. */
const MOST_STRANGE = 0.1

const JSON_ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g
const PERCENT_RUN = /(?:%[0-9a-fA-F]{2})+/g

/**
 * The words of a body as people would look for them: UTF-8 with replacements, percent-encoded forms
 * and JSON escapes undone; nothing of images and other bytes that are no text.
 * @param contentType the header's value, `''` without one
 * @param whole false: `bytes` may end within a character, which is left out
 */
export function plainText(bytes: Buffer, contentType: string, whole: boolean): string {
  const text = (whole ? bytes : bytes.subarray(0, completeLength(bytes))).toString('utf8')
  const boundary = /^multipart\/.*?boundary="?([^";]+)/i.exec(contentType)?.[1]
  if (boundary !== undefined) {
    return text
      .split(`--${boundary}`)
      .filter((part) => !isBinary(part))
      .join('\n')
  }
  if (isBinary(text)) return ''
  const form = /^application\/x-www-form-urlencoded/i.test(contentType)
  const words = form ? undoForm(text) : text
  return form || /^[\s\uFEFF]*[[{"]/.test(words) ? undoJsonEscapes(words) : words
}

/** Up to where UTF-8 ends with a complete character (RFC 3629 §3). */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte < 0xc0) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function isBinary(text: string): boolean {
  const sample = text.slice(0, SAMPLE_LENGTH)
  if (sample.includes('\0')) return true
  let strange = 0
  for (let at = 0; at < sample.length; at++) {
    const code = sample.charCodeAt(at)
    if (code === 0xfffd || (code < 0x20 && (code < 9 || code > 13) && code !== 0x1b)) strange++
  }
  return strange > sample.length * MOST_STRANGE
}

function undoForm(text: string): string {
  const spaced = text.replace(/\+/g, ' ')
  if (!spaced.includes('%')) return spaced
  return spaced.replace(PERCENT_RUN, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  )
}

function undoJsonEscapes(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(JSON_ESCAPE, (_, hex: string | undefined, short: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16))
    // The others end a line or stand for themselves.
    return short === '"' || short === '\\' || short === '/' ? short : ' '
  })
}
