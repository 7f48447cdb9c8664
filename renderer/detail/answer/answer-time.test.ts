import { describe, expect, it } from 'vitest'
import { judgeAnswerTime } from './answer-time.ts'

describe('judgeAnswerTime', () => {
  it.each([
    [2, 'in-time', 1, 'Answered in 2 ms; Slack waits 3 s.'],
    [2399, 'in-time', 79.96, 'Answered in 2.4 s; Slack waits 3 s.'],
    [2400, 'near', 80, 'The answer took 2.4 s of the 3 s that Slack waits'],
    [3000, 'near', 100, 'answer first, then work'],
    [4200, 'late', 100, 'The answer took 4.2 s, 1.2 s longer than Slack waits (3 s)'],
  ] as const)('%d ms of 3 s: %s', (ms, state, share, sentence) => {
    const judged = judgeAnswerTime(ms, 3, { name: 'Slack', sendsAgain: true })
    expect(judged.state).toBe(state)
    expect(judged.share).toBeCloseTo(share, 1)
    expect(judged.sentence).toContain(sentence)
  })

  it('does not promise that it is sent again where nobody says so', () => {
    const { sentence } = judgeAnswerTime(4000, 3, { name: 'Own', sendsAgain: false })
    expect(sentence).toMatch(/failed there\.$/)
    expect(judgeAnswerTime(4000, 3, { name: 'Own', sendsAgain: true }).sentence).toMatch(/again\.$/)
  })
})
