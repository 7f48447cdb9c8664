import type { Delivery } from '#contract/delivery.ts'

const BY: Readonly<Record<NonNullable<Delivery['answer']>['by'], string>> = {
  default: 'by default',
  http: 'as HTTP demands',
  challenge: 'a handshake',
  canned: 'as written at its endpoint',
  verdict: 'by verdict',
  failure: 'a failure by chance',
  forward: 'as its target said',
  loop: 'a loop',
}

/**
 * What the sender heard, who decided that, and whether it came before the provider's deadline.
 *
 * @param deadlineSeconds `null`: the provider names none
 */
export function answerLine(
  { answer, durationMs }: Pick<Delivery, 'answer' | 'durationMs'>,
  deadlineSeconds: number | null,
): string {
  if (answer === null) return 'Not answered.'
  const { status, by, fault, delayMs } = answer
  const said = fault === null ? `Answered ${status}` : `Not answered, but ${FAULTS[fault]}`
  const took = durationMs === null ? '' : ` in ${durationMs} ms`
  const held = delayMs > 0 ? `, ${delayMs} ms of it held back` : ''
  const late =
    durationMs !== null && deadlineSeconds !== null && durationMs > deadlineSeconds * 1000
  const warning = late ? ` Too late: the provider waits ${deadlineSeconds} s.` : ''
  return `${said}, ${BY[by]}${took}${held}.${warning}`
}

const FAULTS = { hang: 'let hang', reset: 'reset' }
