import type { Verdict } from '#contract/verdict.ts'

/** How a verdict looks in a terminal: never by colour alone. */
const marks: Readonly<Record<Verdict, { symbol: string; word: string; sgr: number }>> = {
  valid: { symbol: '✓', word: 'valid', sgr: 32 },
  invalid: { symbol: '✕', word: 'invalid', sgr: 31 },
  stale: { symbol: '◷', word: 'stale', sgr: 33 },
  unsigned: { symbol: '–', word: 'unsigned', sgr: 90 },
  malformed: { symbol: '≠', word: 'malformed', sgr: 33 },
  'no-secret': { symbol: '○', word: 'no secret', sgr: 34 },
  locked: { symbol: '▣', word: 'locked', sgr: 34 },
  incomplete: { symbol: '◔', word: 'incomplete', sgr: 33 },
  'no-scheme': { symbol: '?', word: 'no scheme', sgr: 90 },
  challenge: { symbol: '↔', word: 'challenge', sgr: 35 },
}

const WIDEST = 12

/** Symbol and word, padded to one width when `aligned`. */
export function verdictMark(verdict: Verdict, colours: boolean, aligned = false): string {
  const { symbol, word, sgr } = marks[verdict]
  const text = `${symbol} ${word}`
  const padding = aligned ? ' '.repeat(Math.max(0, WIDEST - text.length)) : ''
  return (colours ? `\u001b[${sgr}m${text}\u001b[0m` : text) + padding
}
