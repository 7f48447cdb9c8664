import type { HygieneFinding } from '#contract/hygiene.ts'

/** A secret in a text: where it stands (UTF-16 offsets), and what may be said of it. */
export interface Match extends Pick<HygieneFinding, 'code' | 'sentence' | 'preview'> {
  index: number
  end: number
}

/** What stands for a value of which nothing may be shown. */
export const HIDDEN = '••••••••'

/** The first 8 characters: they name the kind of token and are no help in guessing the rest. */
export function tokenPreview(token: string): string {
  return `${token.slice(0, 8)}…`
}
