import { expect, test } from 'vitest'
import type { ContentPart, Source } from '#contract/verification.ts'
import { isInBody, isInHeader, placeOfPart, placeOfSource } from './highlight.tsx'

const signature: Source = {
  role: 'signature',
  place: 'header',
  name: 'Stripe-Signature',
  value: 't=1,v1=ab',
}
const field: Source = { role: 'timestamp', place: 'header-field', name: 't', value: '1' }
const inBody: Source = { role: 'event-type', place: 'json', name: 'type', value: 'a' }
const sources = [signature, field, inBody]
const part: ContentPart = {
  label: 'timestamp',
  kind: 'timestamp',
  from: 't',
  byteLength: 1,
  preview: '1',
  truncated: false,
}

test('a field belongs to the signature header', () => {
  expect(placeOfSource(field, sources)).toBe('header:stripe-signature#t')
  expect(isInHeader(placeOfSource(field, sources), 'STRIPE-Signature')).toBe(true)
  expect(isInHeader(placeOfSource(field, sources), 'Stripe')).toBe(false)
})

test('a part of the signed content and its source are one place', () => {
  expect(placeOfPart(part, sources)).toBe(placeOfSource(field, sources))
  expect(placeOfPart({ ...part, kind: 'literal', from: null }, sources)).toBeNull()
})

test('the body is the body, whole or a path in it', () => {
  expect(isInBody(placeOfPart({ ...part, kind: 'body', from: 'body' }, sources))).toBe(true)
  expect(isInBody(placeOfSource(inBody, sources))).toBe(true)
  expect(isInBody('header:body')).toBe(false)
})
