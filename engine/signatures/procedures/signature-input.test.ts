import { describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { contextOf, headerOf, inMemory, makeRequest } from '#engine/signatures/made-request.ts'
import { withHeader } from '#engine/signatures/made-request.ts'
import { verify } from '#engine/signatures/verify.ts'
import { parseSignatureInputs, parseSignatures } from './signature-input.ts'

describe('Signature-Input', () => {
  test('components and parameters, quoted or not', () => {
    const text =
      ' a=( "@method"  "x" );created=1;keyid="k,)(\\";b=2",  b*.-_1=();alg="ed25519";flag '
    expect(parseSignatureInputs(text)).toEqual([
      {
        label: 'a',
        components: ['@method', 'x'],
        values: new Map([
          ['created', '1'],
          ['keyid', 'k,)(\\";b=2'],
        ]),
        parameters: '( "@method"  "x" );created=1;keyid="k,)(\\";b=2"',
      },
      {
        label: 'b*.-_1',
        components: [],
        values: new Map([
          ['alg', 'ed25519'],
          ['flag', ''],
        ]),
        parameters: '();alg="ed25519";flag',
      },
    ])
  })

  test.each([
    '',
    'a',
    'a=',
    'a=1',
    'A=("x")',
    'a=("x"',
    'a=("x)',
    'a=(x)',
    'a=("x";req)',
    'a=("x" "x")',
    'a=("x"),',
    'a=("x") b=("y")',
    'a=("x");created=',
    'a=("x");=1',
    `a=(${'"x" '.repeat(16_000)}`,
    'a=(),'.repeat(13_000),
  ])('%# cannot be read', (text) => {
    expect(parseSignatureInputs(text)).toBeNull()
  })

  test('of a label that occurs twice the last signature counts', () => {
    expect(parseSignatures('a=:AA==:, b=:BB==:;x=1, a=:CC==:')).toEqual(
      new Map([
        ['a', 'CC=='],
        ['b', 'BB=='],
      ]),
    )
    for (const text of ['', 'a', 'a=AA', 'a=:A', 'a=:A:b=:B:', 'a=:A-:', 'a=:A:,']) {
      expect(parseSignatures(text)).toBeNull()
    }
  })
})

describe('a message signed by the rule', () => {
  const made = makeRequest('mailchannels')
  const input = headerOf(made.head, 'signature-input')
  const signature = headerOf(made.head, 'signature')
  const verdict = (changes: Record<string, string>, more: RawHeader[] = []) => {
    let { head } = made
    for (const [name, value] of Object.entries(changes)) head = withHeader(head, name, value)
    head = { ...head, rawHeaders: [...head.rawHeaders, ...more] }
    return verify(contextOf({ ...made, head }), inMemory(made.body)).verdict
  }

  test('stands beside others, in any order', () => {
    const other = 'other=("@method");created=1;keyid="a, b=()"'
    expect(verdict({})).toBe('valid')
    expect(verdict({ 'signature-input': `${other}, ${input}` })).toBe('valid')
    expect(verdict({ 'signature-input': `${input},${other}` })).toBe('valid')
    expect(verdict({ signature: `x=:AAAA:, ${signature}` })).toBe('valid')
  })

  test('does not take its time from another', () => {
    const [, label = ''] = /^([^=]+)=/.exec(input) ?? []
    const fresh = `z=("content-digest");created=${Number(/created=(\d+)/.exec(input)?.[1]) + 9}`
    const all = { 'signature-input': `${fresh}, ${input}`, signature: `z=:AAAA:, ${signature}` }
    expect(verdict(all)).toBe('invalid')
    const twice = `${label}=("content-digest");created=1, ${input}`
    expect(verdict({ 'signature-input': twice })).not.toBe('valid')
  })

  test('a wrong algorithm, and hosts that are none, are malformed', () => {
    expect(verdict({ 'signature-input': input.replace('"ed25519"', '"hmac-sha256"') })).toBe(
      'malformed',
    )
    const covered = input.replace('"content-digest"', '"content-digest" "@authority"')
    for (const host of ['[::1', ' ', 'a b', '%', 'a:99999999', '']) {
      expect(['malformed', 'invalid']).toContain(
        verdict({ 'signature-input': covered }, [['Host', host]]),
      )
    }
  })
})
