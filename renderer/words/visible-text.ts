/**
 * Characters that could change how text around them is read: C0 and C1 controls, DEL, zero-width
 * and bidirectional formatting characters, line separators and the byte order mark.
 */
const deceiving = /[\p{Cc}\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu

/** Captured text on one line with nothing hidden in it: `a‮b` becomes `a⟨U+202E⟩b`. */
export function visibleText(text: string): string {
  return text.replace(deceiving, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}

/** As `visibleText`, with the text cut after `most` UTF-16 units and an ellipsis for the rest. */
export function visibleStart(text: string, most: number): string {
  return text.length <= most ? visibleText(text) : `${visibleText(text.slice(0, most))}…`
}
