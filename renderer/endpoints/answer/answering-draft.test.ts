import { describe, expect, it } from 'vitest'
import { Answering } from '#contract/answering.ts'
import {
  answerProblems,
  draftAnswering,
  newAnswer,
  newKey,
  readAnswering,
} from './answering-draft.ts'

const all = (given: object) => Answering.parse(given)

describe('a draft of answers', () => {
  it.each([
    null,
    all({
      mode: 'canned',
      answers: [
        { status: 500, delayMs: 20 },
        { status: 200, body: '{{uuid}}' },
      ],
    }),
    all({ mode: 'canned', answers: [{ status: 200, fault: 'hang' }], afterLast: 'restart' }),
    all({ mode: 'by-verdict', answers: [{ status: 202 }], otherwise: { status: 403, body: 'no' } }),
    all({ mode: 'forward', answers: [{ status: 200 }] }),
    all({
      mode: 'canned',
      answers: [{ status: 200, rawHeaders: [['X-A', '{{header x-a}}']] }],
      failure: { probability: 0.125, answer: { status: 503 } },
      countPer: 'endpoint',
    }),
  ])('means what it was made of (%#)', (answering) => {
    expect(readAnswering(draftAnswering(answering))).toEqual(answering)
  })

  it('says what is wrong, and where', () => {
    const header = { key: newKey(), name: 'X A', value: '' }
    const draft = {
      ...newAnswer(200),
      status: '99',
      delay: '-1',
      body: 'ab {{nope}}',
      headers: [header],
    }
    expect([...answerProblems(draft).keys()]).toEqual([
      'status',
      'delay',
      'body',
      `header ${header.key}`,
    ])
    expect(answerProblems(draft).get('body')).toBe('Character 6: There is no value “nope”.')
    const canned = { ...draftAnswering(null), mode: 'canned' as const }
    expect(readAnswering({ ...canned, answers: [draft] })).toBe('wrong')
    const failure = { on: true, percent: '101', answer: newAnswer(503) }
    expect(readAnswering({ ...canned, failure })).toBe('wrong')
  })

  it('looks at what counts only', () => {
    const wrong = { ...newAnswer(200), status: 'x' }
    const draft = { ...draftAnswering(null), mode: 'by-verdict' as const, answers: [wrong] }
    expect(readAnswering(draft)).toMatchObject({ mode: 'by-verdict', failure: null })
    const hang = { ...newAnswer(200), fault: 'hang' as const, body: '{{' }
    expect(answerProblems(hang).size).toBe(0)
  })
})
