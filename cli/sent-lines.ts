import type { Replay } from '#contract/replay.ts'
import { escapeTerminal, escapeTerminalLines } from './escape.ts'
import { runtimeFailure } from './failure.ts'

/** What was sent and what came back, as lines of a terminal. */
export function sentLines({ answer, timings, url, resigned, request }: Replay): string[] {
  const how = resigned ? ', signed,' : ''
  const what = `${escapeTerminal(`${request.method} ${request.target}`)}${how} to ${escapeTerminal(new URL(url).origin)}`
  return [what, ...answerLines({ answer, timings })]
}

/** What came back; nothing where nothing did. */
export function answerLines({ answer, timings }: Pick<Replay, 'answer' | 'timings'>): string[] {
  if (answer === null) return []
  const time = timings === null ? '' : ` in ${Math.round(timings.totalMs)} ms`
  return [
    `${answer.status} ${escapeTerminal(answer.statusMessage)}${time}`,
    ...answer.rawHeaders.map(([name, value]) => escapeTerminal(`${name}: ${value}`)),
    ...(answer.bodyText === '' ? [] : ['', escapeTerminalLines(answer.bodyText)]),
    ...(answer.truncated ? [`The first part of ${answer.bodyByteLength} bytes.`] : []),
  ]
}

/** @throws CommandFailure 1 when one was not answered, and of several when one was answered 4xx or 5xx */
export function assertAnswered(sent: readonly Replay[]): void {
  const failed = sent.filter(({ answer }) => answer === null || answer.status >= 400).length
  if (sent.length > 1 && failed > 0) throw runtimeFailure(`${failed} of ${sent.length} failed.`)
  const silent = sent.find(({ answer, error }) => answer === null && error !== null)
  if (!silent) return
  throw runtimeFailure(
    `No answer came: ${escapeTerminal(silent.error ?? '')} Check the URL and whether something listens there.`,
  )
}
