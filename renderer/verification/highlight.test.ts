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
  startBase64: 'MQ==',
  endBase64: '',
}

const sourceAt = (place: Source['place']) =>
  placeOfSource({ role: 'event-type', place, name: 'Event', value: 'a' }, sources)
const partOf = (kind: ContentPart['kind']) => placeOfPart({ ...part, kind, from: 'Name' }, sources)

test('a field belongs to the signature header', () => {
  expect(placeOfSource(field, sources)).toBe('header:stripe-signature#t')
  expect(isInHeader(placeOfSource(field, sources), 'STRIPE-Signature')).toBe(true)
  expect(isInHeader(placeOfSource(field, sources), 'Stripe')).toBe(false)
})

test('a part of the signed content and its source are one place', () => {
  expect(placeOfPart(part, sources)).toBe(placeOfSource(field, sources))
  expect(placeOfPart({ ...part, kind: 'literal', from: null }, sources)).toBeNull()
})

test('a field, a form field and a claim are where they stand', () => {
  expect(sourceAt('form')).toBe('body#event')
  expect(sourceAt('claim')).toBe('header:stripe-signature#event')
  expect([partOf('json'), partOf('form')]).toEqual(['body#name', 'body#name'])
  expect([partOf('query'), partOf('field')]).toEqual(['url#name', 'header:stripe-signature#name'])
  expect([partOf('setting'), partOf('secret')]).toEqual([null, null])
  expect(partOf('header')).toBe('header:name')
})

test('the body is the body, whole or a path in it', () => {
  expect(isInBody(placeOfPart({ ...part, kind: 'body', from: 'body' }, sources))).toBe(true)
  expect(isInBody(placeOfSource(inBody, sources))).toBe(true)
  expect(isInBody('header:body')).toBe(false)
})
