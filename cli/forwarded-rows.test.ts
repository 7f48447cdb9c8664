import { expect, it } from 'vitest'
import { forwardedText } from './forwarded-rows.ts'

it('says the status and the time of each target, or why there is none', () => {
  const one = { url: 'http://localhost', state: 'done', detail: null } as const
  expect(forwardedText([{ ...one, status: 200, tookMs: 12 }])).toBe('→ 200 in 12 ms')
  const failed = { ...one, state: 'failed', status: null, tookMs: 3 } as const
  const text = forwardedText([
    { ...one, status: 500, tookMs: null, detail: 'The target answered 500.' },
    { ...failed, detail: 'Nothing listens \u001b[31m there.' },
  ])
  expect(text).toContain('→ 500, → failed: Nothing listens ')
  expect(text).not.toContain('\u001b')
})
