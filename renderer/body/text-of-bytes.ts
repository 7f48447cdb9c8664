export interface BodyText {
  text: string
  /** Byte sequences that are not UTF-8 stand as U+FFFD; this says whether there are any. */
  replaced: boolean
}

/**
 * Reads bytes as UTF-8. When more bytes follow (`whole` is false) a character that is cut at the
 * end is left out rather than shown as broken.
 */
export function textOfBytes(bytes: Uint8Array, whole: boolean): BodyText {
  try {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return { text: strict.decode(bytes, { stream: !whole }), replaced: false }
  } catch {
    const lax = new TextDecoder('utf-8', { ignoreBOM: true })
    return { text: lax.decode(bytes, { stream: !whole }), replaced: true }
  }
}

/** Whether bytes are better looked at as hex: a NUL, or much that is neither text nor space. */
export function looksBinary(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 4096)
  if (start.includes(0)) return true
  const { text } = textOfBytes(start, false)
  const strange = text.match(/\uFFFD|(?![\t\n\v\f\r])\p{Cc}/gu)?.length ?? 0
  return strange > text.length / 20
}

/** Whether the body is worth a JSON tree: the header says so, or it starts like an object or list. */
export function looksLikeJson(contentType: string | null, bytes: Uint8Array): boolean {
  if (contentType !== null && /\bjson\b/i.test(contentType)) return true
  return /^\s*[[{]/.test(textOfBytes(bytes.subarray(0, 64), false).text)
}
