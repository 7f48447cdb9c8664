import type { Batch } from '#contract/replay.ts'
import { formatCount, formatDuration } from '#renderer/words/format.ts'

/** How many are sent how fast, as a person chooses it. */
export interface BulkPace {
  pace: 'free' | 'rate' | 'gaps'
  /** As typed; counts where `pace` is `rate`. */
  perSecond: string
  /** As typed; counts where `pace` is `gaps`. */
  speed: string
  /** As typed. */
  concurrency: string
  stopOnFailure: boolean
}

/** A number that can be typed: more than 0 and at most `most`; `null`: it is none. */
function amount(text: string, most: number): number | null {
  const value = Number(text.trim())
  return text.trim() !== '' && value > 0 && value <= most ? value : null
}

/** What cannot be read of the pace, by field; nothing: all of it can. */
export function paceProblems(chosen: BulkPace): Partial<Record<keyof BulkPace, string>> {
  const most = 10_000
  const concurrency = amount(chosen.concurrency, 64)
  return {
    ...(chosen.pace === 'rate' && amount(chosen.perSecond, most) === null
      ? { perSecond: 'More than 0, at most 10,000.' }
      : {}),
    ...(chosen.pace === 'gaps' && amount(chosen.speed, most) === null
      ? { speed: 'More than 0, at most 10,000.' }
      : {}),
    ...(concurrency === null || !Number.isInteger(concurrency)
      ? { concurrency: 'A whole number, 1 to 64.' }
      : {}),
  }
}

/** The pace for the engine. */
export function paceInput(chosen: BulkPace) {
  const { pace, perSecond, speed, concurrency, stopOnFailure } = chosen
  return {
    pace:
      pace === 'rate'
        ? { kind: pace, perSecond: Number(perSecond) }
        : pace === 'gaps'
          ? { kind: pace, speed: Number(speed) }
          : { kind: pace },
    concurrency: Number(concurrency),
    stopOnFailure,
  }
}

function paceWords(chosen: BulkPace, count: number | null): string {
  if (chosen.pace === 'free') return 'as fast as they are answered'
  if (chosen.pace === 'gaps') {
    const speed = Number(chosen.speed)
    return speed === 1 ? 'with the gaps that they came in' : `${speed} times as fast as they came`
  }
  const perSecond = Number(chosen.perSecond)
  const takes = count === null ? '' : `, about ${formatDuration((count / perSecond) * 1000)} in all`
  return `at most ${formatCount(perSecond)} a second${takes}`
}

/** What will happen, in a sentence or two. `count`: `null` where it is not known to the end. */
export function bulkSentence(of: {
  what: string
  count: number | null
  url: string
  resign: boolean
  chosen: BulkPace
}): string {
  const { what, count, url, resign, chosen } = of
  const concurrency = Number(chosen.concurrency)
  const parts = [
    `${what}, oldest first, to ${url}`,
    resign ? 'each signed as it is sent' : 'with the signatures that they came with',
    paceWords(chosen, count),
    ...(concurrency > 1 ? [`up to ${concurrency} at once`] : []),
  ]
  const stop = chosen.stopOnFailure
    ? ' It stops when one is not answered, or with 4xx or 5xx.'
    : ' What fails is told, and the rest goes on.'
  return `Sends ${parts.join(', ')}.${stop}`
}

const states: Record<Batch['state'], string> = {
  running: 'running',
  done: 'done',
  stopped: 'stopped at a failure',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
}

/** How a bulk replay stands, in a few words: `done, 1,200 sent, 4 failed`. */
export function batchWords({ state, sent, total, failed }: Batch): string {
  const of = state === 'done' ? formatCount(sent) : `${formatCount(sent)} of ${formatCount(total)}`
  const wrong = failed === 0 ? 'none failed' : `${formatCount(failed)} failed`
  return `${states[state]}, ${of} sent, ${wrong}`
}

/** `200`, or `no answer` for what had none. */
export function outcomeName(outcome: string): string {
  return outcome === 'error' ? 'no answer' : outcome
}
