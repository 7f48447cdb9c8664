const QUOTE = 0x22
const BACKSLASH = 0x5c

const PLAIN_NAME = /^[\w-]+$/

/** What a glance at a body found. */
export type Glance = { text: string | null } | 'unsure'

/**
 * The text of a member of the outermost object, found without parsing the whole body: only where the
 * name can stand nowhere else in it, so that JSON.parse would find the same. `unsure`: parse it.
 */
export function glanceAtMember(bytes: Uint8Array, name: string): Glance {
  // Other names can be written in several ways (RFC 8259, section 7).
  if (!PLAIN_NAME.test(name)) return 'unsure'
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const quoted = `"${name}"`
  const at = buffer.indexOf(quoted)
  // Names can be written with escapes (RFC 8259, section 7): then only a parser knows.
  if (buffer.indexOf('\\u00') !== -1) return 'unsure'
  if (at === -1) return { text: null }
  if (buffer.indexOf(quoted, at + 1) !== -1) return 'unsure'
  if (!isTopLevelName(buffer, at)) return 'unsure'
  return textAfter(buffer, at + quoted.length)
}

/** Whether what is before stands in the outermost object, outside of any string. */
function isTopLevelName(buffer: Buffer, at: number): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < at; index++) {
    const byte = buffer[index]
    if (inString) {
      if (byte === BACKSLASH) index++
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === 0x7b || byte === 0x5b) depth++
    else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return (
    depth === 1 && !inString && /[{,]\s*$/.test(buffer.toString('latin1', Math.max(0, at - 40), at))
  )
}

/** A string without escapes after the colon. */
function textAfter(buffer: Buffer, from: number): Glance {
  const found = /^\s*:\s*"/.exec(buffer.toString('latin1', from, from + 40))
  if (!found) return 'unsure'
  const start = from + found[0].length
  const end = buffer.indexOf(QUOTE, start)
  if (end === -1) return 'unsure'
  const text = buffer.subarray(start, end)
  return text.includes(BACKSLASH) ? 'unsure' : { text: text.toString('utf8') }
}
