import { findCards } from './card-numbers.ts'
import { findKnownTokens } from './known-tokens.ts'
import type { Match } from './match.ts'
import { findPemKeys } from './private-keys.ts'
import { findWebTokens } from './web-tokens.ts'

/** Shorter than any card number, key or token that is looked for. */
const SHORTEST = 13

export function isLongEnough(text: string): boolean {
  return text.length >= SHORTEST
}

/**
 * Card numbers, known keys and tokens, and private keys in a text, in order, none inside another.
 * @param name the field that the text is the value of, `null` for a text of its own
 * @param atMs the moment at which a token counts as expired, unix milliseconds
 * @param limit how many are enough
 */
export function findSecrets(
  text: string,
  name: string | null,
  atMs: number,
  limit: number,
): Match[] {
  if (!isLongEnough(text)) return []
  return inOrder([
    ...findPemKeys(text, limit),
    ...findWebTokens(text, atMs, limit),
    ...findKnownTokens(text, limit),
    ...findCards(text, name, limit),
  ]).slice(0, limit)
}

/** Sorted by place, without what lies inside an earlier one. */
export function inOrder(matches: Match[]): Match[] {
  let end = 0
  return matches
    .sort((a, b) => a.index - b.index)
    .filter((match) => {
      if (match.index < end) return false
      end = match.end
      return true
    })
}

/** The text with every secret in it replaced by its preview. */
export function withSecretsMasked(text: string, atMs: number): string {
  let shown = ''
  let from = 0
  for (const { index, end, preview } of findSecrets(text, null, atMs, Number.MAX_SAFE_INTEGER)) {
    shown += text.slice(from, index) + preview
    from = end
  }
  return shown + text.slice(from)
}
