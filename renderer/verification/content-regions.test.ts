import { expect, it } from 'vitest'
import type { ContentPart } from '#contract/verification.ts'
import { originOf, rangeWords, regionName, regionsOf } from './content-regions.ts'

function part(kind: ContentPart['kind'], preview: string, from: string | null = null): ContentPart {
  const byteLength = preview.length
  const bytes = { startBase64: btoa(preview), endBase64: '' }
  return { label: kind, kind, from, byteLength, preview, truncated: false, ...bytes }
}

it('numbers values and says which bytes they are', () => {
  const regions = regionsOf([part('timestamp', '12345'), part('literal', '.'), part('body', '{}')])
  expect(regions.map((region) => [region.number, rangeWords(region)])).toEqual([
    [1, 'bytes 0–4'],
    [null, 'byte 5'],
    [2, 'bytes 6–7'],
  ])
})

it('knows no place after a secret, whose length is not told', () => {
  const regions = regionsOf([part('secret', ''), part('body', '{}')])
  expect(regions.map((region) => rangeWords(region))).toEqual(['', ''])
  expect(regionsOf([part('body', '')]).map((region) => rangeWords(region))).toEqual([''])
})

it('names fixed text by what it does', () => {
  expect(regionName(part('literal', '.'))).toBe('separator')
  expect(regionName(part('literal', 'v0:'))).toBe('fixed text')
  expect(regionName(part('timestamp', '1'))).toBe('timestamp')
})

it('says where the bytes came from', () => {
  expect(originOf(part('header', 'a', 'X-Id'))).toBe('from X-Id')
  expect(originOf(part('body', 'a', 'body'))).toBe('from the body')
  expect(originOf(part('json', 'a', 'data.id'))).toBe('from data.id in the body')
  expect(originOf(part('setting', 'a', 'webhookUrl'))).toBe('from webhookUrl, a setting')
  expect(originOf(part('secret', '', 'secret'))).toBe('from the stored secret')
})
