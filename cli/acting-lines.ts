import type { Answering, CannedAnswer } from '#contract/answering.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import type { Forwarding } from '#contract/forwarding.ts'
import { escapeTerminal } from './escape.ts'

/** How an endpoint answers and where it forwards to, for people; without either no lines. */
export function actingLines({ answering, forwarding }: Endpoint): string[] {
  return [
    ...(answering === null ? [] : answerLines(answering)),
    ...(forwarding === null ? [] : forwardLines(forwarding)),
  ]
}

function answerLines({ mode, answers, otherwise, failure, ...rest }: Answering): string[] {
  const lines: string[] = []
  if (mode === 'forward') lines.push('  answers with what its target says')
  const [first] = answers
  if (mode === 'by-verdict' && first) {
    lines.push(`  answers ${answerText(first)} when valid, else ${answerText(otherwise)}`)
  }
  if (mode === 'canned') {
    const then = rest.afterLast === 'restart' ? ', then from the first again' : ''
    const per = rest.countPer === 'message' ? 'for each message' : 'whatever comes'
    const counted = answers.length > 1 ? ` (${per}${then})` : ''
    lines.push(`  answers ${answers.map(answerText).join(', then ')}${counted}`)
  }
  if (failure) {
    const percent = Number((failure.probability * 100).toFixed(2))
    lines.push(`  but in ${percent} % of cases ${answerText(failure.answer)}`)
  }
  return lines
}

function answerText({ status, delayMs, fault, body }: CannedAnswer): string {
  const late = delayMs > 0 ? ` after ${delayMs} ms` : ''
  if (fault !== null) return `${fault === 'hang' ? 'nothing (hangs)' : 'a reset'}${late}`
  return `${status}${body === '' ? '' : ' with a body'}${late}`
}

function forwardLines({ targets, when, retry, paused, late }: Forwarding): string[] {
  const retries =
    retry.kind === 'schedule'
      ? `retried after ${retry.gapsSeconds.join(', ')} s`
      : RETRIES[retry.kind]
  const how = [
    when === 'before-answer' ? 'the first answers' : 'behind the answer',
    retries,
    ...(late === 're-sign' ? ['signed anew when late'] : []),
    ...(paused ? ['paused'] : []),
  ]
  return [
    `  forwards: ${how.join(', ')}`,
    ...targets.map(({ url, enabled, verifyTls }) =>
      [
        `    ${escapeTerminal(url)}`,
        ...(enabled ? [] : ['(off)']),
        ...(verifyTls ? [] : ['(any certificate)']),
      ].join(' '),
    ),
  ]
}

const RETRIES = { none: 'not retried', provider: 'retried as the provider would' }
