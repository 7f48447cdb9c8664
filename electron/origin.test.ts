import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAppDocument, isAppUrl } from './origin.ts'

describe('isAppUrl', () => {
  it.each(['app://countersign', 'app://countersign/', 'app://countersign/assets/a.js?x#y'])(
    'takes %s',
    (url) => expect(isAppUrl(url)).toBe(true),
  )

  it.each([
    'app://countersign.example/',
    'app://countersign@evil.example/',
    'app://someone@countersign/',
    'app://countersign:8080/',
    'app:countersign/',
    'apps://countersign/',
    'https://countersign/',
    'file:///countersign/',
    'blob:app://countersign/1',
    'about:blank',
    '',
  ])('refuses %s', (url) => expect(isAppUrl(url)).toBe(false))

  it('never throws, and never takes another host', () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl(), (text, url) => {
        expect(isAppUrl(url)).toBe(false)
        expect(isAppUrl(`app://countersign${text.replaceAll(/[/?#\\\t\r\n ]/g, '')}x`)).toBe(false)
      }),
    )
  })
})

describe('isAppDocument', () => {
  it('takes the document, wherever its fragment points', () => {
    expect(isAppDocument('app://countersign/#deliveries/7')).toBe(true)
  })

  it.each(['app://countersign/assets/index.js', 'app://countersign/?x=1', 'https://example.com/'])(
    'refuses %s',
    (url) => expect(isAppDocument(url)).toBe(false),
  )
})
