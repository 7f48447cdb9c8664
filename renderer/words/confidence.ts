import type { Confidence } from '#contract/scheme-parts.ts'

const wordsFor: Record<Confidence['kind'], string> = {
  'sdk-run': 'run against',
  'sdk-read': 'provider’s source read:',
  documentation: 'by its documentation:',
  'third-party': 'by a third party:',
  unconfirmed: 'unconfirmed:',
}

/** How sure a scheme is, in words: “run against stripe 23.1.0”. */
export function confidenceWords({ kind, by }: Confidence): string {
  return `${wordsFor[kind]} ${by}`
}

/** The same in a word or two, for a list. */
export const confidenceMarks: Record<Confidence['kind'], string> = {
  'sdk-run': 'run against its SDK',
  'sdk-read': 'source read',
  documentation: 'documented',
  'third-party': 'third party',
  unconfirmed: 'unconfirmed',
}

/** Whether nothing at all confirms it. */
export function isUnsure({ kind }: Confidence): boolean {
  return kind === 'unconfirmed'
}
