/*
 * What a sender wrote must not move the cursor, recolour or rename the window, or reorder what
 * stands beside it: C0, DEL and C1 controls, line and paragraph separators, bidirectional controls
 * (Unicode UAX #9), joiners, fillers, tags and all else that is there without being seen, and halves
 * of surrogate pairs are shown as escapes. U+FE0E and U+FE0F only choose how an emoji is drawn.
 */
const UNSAFE =
  /(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** The colours of `verdictMark` and the like, and the end of them (ECMA-48, SGR). */
const ESCAPE = String.fromCharCode(0x1b)
const OWN_COLOURS = new RegExp(String.raw`${ESCAPE}\[(?:0|3[1-5]|90)m`)
const UNSAFE_BUT_COLOURS = new RegExp(`${OWN_COLOURS.source}|${UNSAFE.source}`, 'gu')

/** One line that a terminal shows as it is; what could act on the terminal is shown escaped. */
export function escapeTerminal(text: string): string {
  return text.replace(UNSAFE, escapeOne)
}

/** The same for text of several lines: line feeds and tabs stay. */
export function escapeTerminalLines(text: string): string {
  return text.replace(UNSAFE, (found) =>
    found === '\n' || found === '\t' ? found : escapeOne(found),
  )
}

/**
 * The net below every line that is written: whatever a command forgot to escape is escaped here.
 * @param colours whether our own colours may stay
 */
export function neutral(text: string, colours: boolean): string {
  if (!colours) return escapeTerminalLines(text)
  return text.replace(UNSAFE_BUT_COLOURS, (found) =>
    found === '\n' || found === '\t' || OWN_COLOURS.test(found) ? found : escapeOne(found),
  )
}

/** JSON on one line, whose strings hold nothing that acts on a terminal and still parse the same. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (found) =>
    Array.from({ length: found.length }, (_, index) => unicodeEscape(found.charCodeAt(index))).join(
      '',
    ),
  )
}

function escapeOne(found: string): string {
  if (found === '\n') return '\\n'
  if (found === '\r') return '\\r'
  if (found === '\t') return '\\t'
  const code = found.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? unicodeEscape(code) : `\\u{${code.toString(16)}}`
}

function unicodeEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}
