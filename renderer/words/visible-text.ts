/**
 * Characters that could change how text around them is read, or that are there without being seen:
 * C0 and C1 controls, DEL, bidirectional and other format characters (tags among them, which carry
 * whole hidden texts), halves of surrogate pairs, everything that Unicode lets a font leave out, the
 * blank Braille pattern. The two selectors that only choose how an emoji is drawn are none of them.
 */
export const hiddenCharacters =
  /(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Those of them that a code window does not mark by itself; line feeds and tabs are none. */
export const hiddenInCode =
  /(?![\n\t]|[\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Captured text on one line with nothing hidden in it: `a‮b` becomes `a⟨U+202E⟩b`. */
export function visibleText(text: string): string {
  return text.replace(hiddenCharacters, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}

/** As `visibleText`, with the text cut after `most` UTF-16 units and an ellipsis for the rest. */
export function visibleStart(text: string, most: number): string {
  if (text.length <= most) return visibleText(text)
  // Never through the middle of a character.
  const whole = /[\uD800-\uDBFF]$/.test(text.slice(0, most)) ? most - 1 : most
  return `${visibleText(text.slice(0, whole))}…`
}

/** As `visibleText`, for text of several lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}
