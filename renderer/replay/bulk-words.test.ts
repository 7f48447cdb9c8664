import { describe, expect, it } from 'vitest'
import { batchWords, bulkSentence, paceInput, paceProblems, type BulkPace } from './bulk-words.ts'

const chosen: BulkPace = {
  pace: 'free',
  perSecond: '10',
  speed: '1',
  concurrency: '1',
  stopOnFailure: false,
}
const of = { what: '1,200 deliveries', count: 1_200, url: 'http://localhost:3000', resign: true }

describe('bulkSentence', () => {
  it('says what will happen', () => {
    expect(bulkSentence({ ...of, chosen })).toBe(
      'Sends 1,200 deliveries, oldest first, to http://localhost:3000, each signed as it is sent, as fast as they are answered. What fails is told, and the rest goes on.',
    )
    const slow = { ...chosen, pace: 'rate' as const, concurrency: '4', stopOnFailure: true }
    expect(bulkSentence({ ...of, resign: false, chosen: slow })).toBe(
      'Sends 1,200 deliveries, oldest first, to http://localhost:3000, with the signatures that they came with, at most 10 a second, about 2 min in all, up to 4 at once. It stops when one is not answered, or with 4xx or 5xx.',
    )
    const faster = { ...chosen, pace: 'gaps' as const, speed: '10' }
    expect(bulkSentence({ ...of, chosen: faster })).toContain('10 times as fast as they came')
  })
})

describe('pace', () => {
  it('is told where it cannot be read, only of what counts', () => {
    expect(paceProblems({ ...chosen, perSecond: 'x', speed: '0' })).toEqual({})
    expect(paceProblems({ ...chosen, pace: 'rate', perSecond: '0' })).toHaveProperty('perSecond')
    expect(paceProblems({ ...chosen, pace: 'gaps', speed: '' })).toHaveProperty('speed')
    for (const concurrency of ['0', '1.5', '65', 'two']) {
      expect(paceProblems({ ...chosen, concurrency })).toHaveProperty('concurrency')
    }
  })

  it('goes to the engine as numbers', () => {
    expect(paceInput({ ...chosen, pace: 'rate', perSecond: ' 2.5 ', concurrency: '8' })).toEqual({
      pace: { kind: 'rate', perSecond: 2.5 },
      concurrency: 8,
      stopOnFailure: false,
    })
    expect(paceInput({ ...chosen, pace: 'gaps', speed: '10' }).pace).toEqual({
      kind: 'gaps',
      speed: 10,
    })
  })
})

describe('batchWords', () => {
  it('says how it stands', () => {
    const batch = {
      ...{ id: 1, startedAtMs: 0, endedAtMs: 1, sentence: '', url: '', outcomes: [] },
      ...{ latencyMs: null, detail: null, total: 1_200, sent: 1_200, failed: 0 },
    }
    expect(batchWords({ ...batch, state: 'done' })).toBe('done, 1,200 sent, none failed')
    expect(batchWords({ ...batch, state: 'cancelled', sent: 7, failed: 2 })).toBe(
      'cancelled, 7 of 1,200 sent, 2 failed',
    )
  })
})
