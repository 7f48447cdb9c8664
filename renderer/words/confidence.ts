import type { Confidence } from '#contract/scheme-parts.ts'

/** How sure a scheme is, in words: “run against stripe 23.1.0”. */
export function confidenceWords({ kind, by }: Confidence): string {
  switch (kind) {
    case 'sdk-run':
      return `run against ${by}`
    case 'sdk-read':
      return `provider’s source read: ${by}`
    case 'documentation':
      return `by its documentation: ${by}`
    case 'third-party':
      return `by a third party: ${by}`
    case 'unconfirmed':
      return `unconfirmed: ${by}`
  }
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
