import { describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { editedParts, freshDraft, optionProblems, replayInput } from './replay-draft.ts'
import { readOptions, secondsOf, type SendingOptions } from './sending-options.ts'

const captured = { method: 'POST', rawHeaders: [['Host', 'a']] satisfies RawHeader[] }
const options: SendingOptions = {
  url: ' http://localhost:3000 ',
  verifyTls: true,
  resign: true,
  messageId: 'same',
  timestamp: 'now',
  shift: '-300',
  secretId: null,
}

describe('a replay draft', () => {
  it('sends no edits as long as there are none', () => {
    const input = replayInput(7, captured, freshDraft(captured, options))
    expect(input).toEqual({
      deliveryId: 7,
      url: 'http://localhost:3000',
      verifyTls: true,
      timeoutMs: 30_000,
      resign: true,
      messageId: 'same',
      timestamp: 'now',
    })
  })

  it('sends what was edited and nothing else', async () => {
    const draft = { ...freshDraft(captured, options), method: 'PUT', target: '/x' }
    const input = replayInput(7, captured, { ...draft, body: { kind: 'text', text: 'ä' } })
    expect(Object.keys(input.edits ?? {})).toEqual(['method', 'target', 'body'])
    expect(await input.edits?.body?.text()).toBe('ä')
    expect(editedParts(captured, { ...draft, headers: [] })).toEqual([
      'method',
      'target',
      'headers',
    ])
  })

  it('signs so many seconds beside now', () => {
    const shifted = { ...options, timestamp: 'shifted' as const, shift: '−600' }
    expect(replayInput(7, captured, freshDraft(captured, shifted)).timestamp).toBe(-600)
    expect(optionProblems({ ...shifted, shift: 'soon' }).shift).toContain('Whole seconds')
    expect(optionProblems({ ...shifted, shift: 'soon', resign: false }).shift).toBeUndefined()
    expect([secondsOf('+30'), secondsOf('1.5'), secondsOf('')]).toEqual([30, null, null])
  })

  it('wants an http or https URL', () => {
    expect(optionProblems(options)).toEqual({})
    expect(optionProblems({ ...options, url: 'ftp://x' }).url).toContain('http:// or https://')
  })
})

describe('readOptions', () => {
  it('reads what was kept, and takes what it does not know for what is usual', () => {
    expect(readOptions(JSON.stringify(options))).toEqual(options)
    expect(readOptions('{"url":"http://a","timestamp":7,"verifyTls":false}')).toEqual({
      ...options,
      url: 'http://a',
      verifyTls: false,
      resign: false,
    })
  })

  it('is nothing for what it cannot read', () => {
    for (const text of [null, '', '[]', '{"url":1}']) expect(readOptions(text)).toBeNull()
  })
})
