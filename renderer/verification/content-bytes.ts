import { visibleText } from '#renderer/words/visible-text.ts'

/** A run of bytes as it is drawn. */
export interface Run {
  /** `mark`: stands for what cannot be seen (blank, line break, control, no UTF-8). */
  kind: 'text' | 'mark'
  text: string
  /** A line ends after it. */
  breaks: boolean
}

export function bytesOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

/**
 * Bytes as text in which nothing hides: blanks, tabs and line breaks have a sign of their own,
 * control and direction characters are named, and bytes that are no UTF-8 stand as `⟨ff⟩`.
 */
export function visibleRuns(bytes: Uint8Array): Run[] {
  const runs: Run[] = []
  for (const { valid, part } of splitUtf8(bytes)) {
    if (valid) pushText(runs, new TextDecoder('utf-8', { ignoreBOM: true }).decode(part))
    else runs.push({ kind: 'mark', text: namedBytes(part), breaks: false })
  }
  return runs
}

function namedBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `⟨${byte.toString(16).padStart(2, '0')}⟩`).join('')
}

/** Two digits a byte, a blank between bytes. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

function pushText(runs: Run[], text: string): void {
  const pieces = text.split(/([\p{Zs}\t]+|\r?\n|[^\P{C}\u200D]+)/u)
  pieces.forEach((piece, index) => {
    if (piece === '') return
    if (index % 2 === 0) runs.push({ kind: 'text', text: visibleText(piece), breaks: false })
    else {
      const shown = piece.replace(/[\p{Zs}\p{Cc}]/gu, namedCharacter)
      runs.push({ kind: 'mark', text: visibleText(shown), breaks: piece.endsWith('\n') })
    }
  })
}

const signs: Record<string, string> = { ' ': '·', '\t': '→', '\r': '\\r', '\n': '\\n' }

/** A blank or control character as a sign that every font has. */
function namedCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code <= 0x20) return signs[character] ?? `\\x${code.toString(16).padStart(2, '0')}`
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}

/** Stretches that are UTF-8 and stretches that are not, in order (Unicode 15, table 3-7). */
function splitUtf8(bytes: Uint8Array): { valid: boolean; part: Uint8Array }[] {
  const found: { valid: boolean; part: Uint8Array }[] = []
  let from = 0
  let wasValid = true
  const flush = (to: number) => {
    if (to > from) found.push({ valid: wasValid, part: bytes.subarray(from, to) })
    from = to
  }
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    const valid = length > 0
    if (valid !== wasValid) flush(at)
    wasValid = valid
    at += valid ? length : 1
  }
  flush(bytes.length)
  return found
}

/** Bytes of the character that begins there; 0: none does. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const more =
    lead >= 0xc2 && lead < 0xe0
      ? 1
      : lead >= 0xe0 && lead < 0xf0
        ? 2
        : lead >= 0xf0 && lead < 0xf5
          ? 3
          : 0
  if (more === 0) return 0
  for (let index = 1; index <= more; index++) {
    const byte = bytes[at + index] ?? 0
    const low = index > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const high = index > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    if (byte < low || byte > high) return 0
  }
  return more + 1
}

/** Without a character at the end that the cut has split. */
export function withoutSplitEnd(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes
  }
  return bytes
}

/** Without the rest of a character at the start that the cut has split. */
export function withoutSplitStart(bytes: Uint8Array): Uint8Array {
  let at = 0
  while (at < Math.min(3, bytes.length) && ((bytes[at] ?? 0) & 0xc0) === 0x80) at++
  return bytes.subarray(at)
}
