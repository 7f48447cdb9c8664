import { expect, test } from 'vitest'
import { Scheme } from '#contract/scheme.ts'
import { newScheme, ownCopy, schemeText } from './blank-scheme.ts'

test('a new scheme has a shape that can be saved, and an id that nobody has', () => {
  const first = newScheme(new Set())
  expect(Scheme.parse(first)).toEqual(first)
  const taken = new Set(['my-service', 'my-service-2'])
  expect(newScheme(taken).id).toBe('my-service-3')
})

test('a copy claims nothing of what confirmed the original', () => {
  const original: Scheme = {
    ...newScheme(new Set()),
    id: 'stripe',
    confidence: { kind: 'sdk-run', by: 'stripe 23.1.0' },
    recognition: { headers: ['stripe-signature'], confidence: 'certain' },
  }
  const copy = ownCopy(original, new Set(['stripe', 'my-stripe']))
  expect(Scheme.parse(JSON.parse(schemeText(copy)))).toEqual(copy)
  expect([copy.id, copy.confidence.kind, copy.recognition.confidence]).toEqual([
    'my-stripe-2',
    'unconfirmed',
    'possible',
  ])
})
