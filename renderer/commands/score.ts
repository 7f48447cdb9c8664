const WORD_START = 8
const IN_A_ROW = 5
const LETTER = 1

/**
 * How well `text` answers what was typed: every word of `typed` must be found in order of its
 * letters; letters at the start of words and side by side count more, and a text that is short
 * counts more than a long one. `null`: it does not answer.
 */
export function score(typed: string, text: string): number | null {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  let total = 0
  for (const word of words) {
    const found = scoreWord(word, text.toLowerCase())
    if (found === null) return null
    total += found
  }
  return total - text.length / 1000
}

function scoreWord(word: string, text: string): number | null {
  const at = text.indexOf(word)
  if (at >= 0) {
    const start = startsWord(text, at) ? WORD_START * 2 : 0
    return start + word.length * (IN_A_ROW + LETTER)
  }
  return scoreScattered(word, text)
}

/** Letters of one word spread over the text: each at the start of a word, or beside the last one. */
function scoreScattered(word: string, text: string): number | null {
  let from = 0
  let total = 0
  for (const letter of word) {
    const beside = from > 0 && text[from] === letter
    const at = beside ? from : nextWordStart(text, letter, from)
    if (at === null) return null
    total += LETTER + (beside ? IN_A_ROW : WORD_START / 2)
    from = at + 1
  }
  return total
}

function nextWordStart(text: string, letter: string, from: number): number | null {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    if (startsWord(text, at)) return at
  }
  return null
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')
}
