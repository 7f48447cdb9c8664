import type { Confidence } from './scheme-parts.ts'

const said: Record<Confidence['kind'], string> = {
  'sdk-run': 'run against the provider’s SDK',
  'sdk-read': 'by the source of the provider’s SDK',
  documentation: 'by the provider’s documentation',
  'third-party': 'by a third party’s implementation',
  unconfirmed: 'unconfirmed',
}

/** How sure a scheme is, and by whom: “run against the provider’s SDK: stripe 23.1.0”. */
export function confidenceInFull({ kind, by }: Confidence): string {
  return by === '' ? said[kind] : `${said[kind]}: ${by}`
}
