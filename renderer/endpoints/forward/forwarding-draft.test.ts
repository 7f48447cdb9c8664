import { describe, expect, it } from 'vitest'
import { Forwarding } from '#contract/forwarding.ts'
import {
  draftForwarding,
  forwardingProblems,
  newTarget,
  readForwarding,
  readGaps,
} from './forwarding-draft.ts'

const to = (given: object) =>
  Forwarding.parse({ targets: [{ url: 'http://localhost:3000/hooks' }], ...given })

describe('a draft of forwarding', () => {
  it.each([
    null,
    to({}),
    to({ when: 'after-answer', deadlineMs: 2500, late: 're-sign', paused: true }),
    to({ retry: { kind: 'provider' } }),
    to({ retry: { kind: 'schedule', gapsSeconds: [0.5, 60] } }),
    to({ targets: [{ url: 'https://a.test/x', verifyTls: false, addressHeaders: 'both' }] }),
  ])('means what it was made of (%#)', (forwarding) => {
    expect(readForwarding(draftForwarding(forwarding))).toEqual(forwarding)
  })

  it('says what is wrong, and where', () => {
    const targets = ['ftp://a', 'http://a/', ' http://a/ '].map((url) => ({ ...newTarget(), url }))
    const draft = {
      ...draftForwarding(null),
      targets,
      deadline: '0.01',
      retry: 'schedule' as const,
      gaps: '5, soon',
    }
    expect([...forwardingProblems(draft).values()]).toEqual([
      '0.1 to 300 s.',
      'Up to 30 pauses in seconds, such as 5, 60, 300.',
      'The target is an http:// or https:// URL.',
      'It stands there twice.',
    ])
    expect(readForwarding(draft)).toBe('wrong')
  })

  it('reads pauses as people type them', () => {
    expect(readGaps('5, 60 300')).toEqual([5, 60, 300])
    expect(readGaps(' ')).toBeNull()
    expect(readGaps('-5')).toBeNull()
  })
})
