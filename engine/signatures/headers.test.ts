import { describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { compile } from './compile.ts'
import { familiesOf, oneFamily } from './header-family.ts'
import { countHeader, findFirstHeader, findHeader } from './headers.ts'
import { schemeOf } from './made-request.ts'

const headers: RawHeader[] = [
  ['X-One', 'a'],
  ['x-two', 'b'],
  ['X-ONE', ''],
  ['x-onE', 'c'],
  ['x-on', 'd'],
]

describe('a header', () => {
  test('is found whatever its case, its repeats joined in order', () => {
    expect(findHeader(headers, 'x-one')).toBe('a, , c')
    expect(findHeader(headers, 'x-two')).toBe('b')
    expect(findHeader([['X-Empty', '']], 'x-empty')).toBe('')
    expect(findHeader(headers, 'x-three')).toBeNull()
    expect(findHeader([], 'x-one')).toBeNull()
  })

  test('is counted', () => {
    expect([countHeader(headers, 'x-one'), countHeader(headers, 'x-none')]).toEqual([3, 0])
  })

  test('is the first of several names that is there', () => {
    expect(findFirstHeader(headers, ['x-none', 'x-two', 'x-one'])).toEqual({
      position: 1,
      value: 'b',
    })
    expect(findFirstHeader(headers, ['x-on'])).toEqual({ position: 0, value: 'd' })
    expect(findFirstHeader(headers, ['x-none'])).toBeNull()
    expect(findFirstHeader(headers, [])).toBeNull()
  })
})

const head = (...names: string[]) => ({
  method: 'POST',
  target: '/',
  rawHeaders: names.map((name): RawHeader => [name, name]),
})

describe('names that belong together', () => {
  const svix = compile(schemeOf('svix'))
  const left = (...names: string[]) =>
    oneFamily(svix, head(...names)).rawHeaders.map(([name]) => name)
  const webhook = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  const own = ['Svix-Id', 'Svix-Timestamp', 'Svix-Signature']

  test('are told by their number', () => {
    expect(familiesOf(['a'], ['b'], ['c'])).toEqual([])
    expect(familiesOf(['a', 'b'], ['c', 'd'], ['e'])).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ])
  })

  test('stay as they are when there is one family, or none', () => {
    const one = head('X', ...own)
    expect(oneFamily(svix, one)).toBe(one)
    const none = head('X')
    expect(oneFamily(svix, none)).toBe(none)
    const github = compile(schemeOf('github'))
    const two = head(...own, ...webhook)
    expect(oneFamily(github, two)).toBe(two)
  })

  test('of two families the complete one is read', () => {
    expect(left('X', ...own, ...webhook)).toEqual(['X', ...own])
    expect(left('Svix-Id', ...webhook)).toEqual(webhook)
    expect(left('Webhook-Id', ...own)).toEqual(own)
  })

  test('else the one with the signature, else the first', () => {
    expect(left('Svix-Id', 'Webhook-Signature')).toEqual(['Webhook-Signature'])
    expect(left('Webhook-Id', 'Svix-Signature')).toEqual(['Svix-Signature'])
    expect(left('Webhook-Id', 'Svix-Id')).toEqual(['Svix-Id'])
  })
})
