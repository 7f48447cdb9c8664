import { formatDuration, formatSeconds } from '#renderer/words/format.ts'

/** An answer time beside the provider's deadline. */
export interface AnswerTime {
  /** `late`: past the deadline. `near`: in its last fifth. */
  state: 'in-time' | 'near' | 'late'
  /** How much of the deadline it took, in percent, at most 100. */
  share: number
  sentence: string
}

const NEAR = 0.8

/** What an answer time means to a provider that waits only so long. */
export function judgeAnswerTime(
  durationMs: number,
  deadlineSeconds: number,
  provider: { name: string; sendsAgain: boolean },
): AnswerTime {
  const { name, sendsAgain } = provider
  const used = durationMs / (deadlineSeconds * 1000)
  const share = Math.min(100, Math.max(1, used * 100))
  const took = formatDuration(durationMs)
  const waits = formatSeconds(deadlineSeconds)
  if (used > 1) {
    const over = formatDuration(durationMs - deadlineSeconds * 1000)
    const sentence = `The answer took ${took}, ${over} longer than ${name} waits (${waits}): it counts as failed there${sendsAgain ? ' and is sent again' : ''}.`
    return { state: 'late', share, sentence }
  }
  if (used >= NEAR) {
    const sentence = `The answer took ${took} of the ${waits} that ${name} waits: answer first, then work.`
    return { state: 'near', share, sentence }
  }
  return {
    state: 'in-time',
    share,
    sentence: `Answered in ${took}; ${name} waits ${waits}.`,
  }
}
