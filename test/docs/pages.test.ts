import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { schemes } from '#engine/signatures/catalogue.ts'
import { absolute } from './absolute.ts'
import { readCallSentences } from './call-sentences.ts'
import { exampleOf } from './example-request.ts'
import { generatedFiles, strayProviderPages } from './pages.ts'

const files = await generatedFiles()

describe('what npm run docs:generate makes is what is committed', () => {
  test.each([...files])('%s', (path, text) => {
    expect(readFileSync(absolute(path), 'utf8')).toBe(text)
  })

  test('and there is no page of a provider that is not in the catalogue', () => {
    expect(strayProviderPages()).toEqual([])
  })
})

test('calls of the API have what their comments say', () => {
  const sentences = readCallSentences()
  expect(sentences.get('secrets.reveal')).toBe('The only call that lets a stored secret out.')
  expect(sentences.size).toBeGreaterThan(80)
})

test('examples are the same each time', () => {
  for (const scheme of schemes) expect(exampleOf(scheme)).toEqual(exampleOf(scheme))
})
