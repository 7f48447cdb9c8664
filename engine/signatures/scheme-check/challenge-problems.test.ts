import { describe, expect, it } from 'vitest'
import type { SchemeChallenge } from '#contract/scheme-parts.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import { checkScheme } from '#engine/signatures/check-scheme.ts'
import { schemeOf } from '#engine/signatures/made-request.ts'
import { challengeProblems } from './challenge-problems.ts'

const base: SchemeChallenge = {
  name: 'hello',
  when: { methods: ['GET'], query: { name: 'challenge' } },
  signed: false,
  answer: { status: 200, headers: [['Content-Type', 'text/plain']], body: '{query:challenge}' },
  sentence: 'It asked.',
}
const paths = (change: Partial<SchemeChallenge>) =>
  challengeProblems({ ...schemeOf('stripe'), challenges: [{ ...base, ...change }] }).map(
    ({ path }) => path,
  )
const answering = (body: string, status = 200, name = 'X-A') => ({
  answer: { status, headers: [[name, 'a'] satisfies [string, string]], body },
})

describe('challengeProblems', () => {
  it('has nothing against the catalogue', () => {
    expect(schemes.flatMap(challengeProblems)).toEqual([])
  })

  it.each([
    [answering('{json:a.b}{query:c}{header:X-D}{secret'), []],
    [answering('{"type":1,"in":"{json:challenge}"}'), []],
    [answering('{jsn:a}'), []],
    [answering('{json}'), ['challenges[0].answer.body']],
    [{ ...answering('{hmac-md5-hex:json:a}'), signed: true }, ['challenges[0].answer.body']],
    [answering('x', 99), ['challenges[0].answer.status']],
    [answering('x', 200.5), ['challenges[0].answer.status']],
    [answering('x', 200, 'A b'), ['challenges[0].answer.headers[0]']],
    [answering('x', 200, 'Content-Length'), ['challenges[0].answer.headers[0]']],
    [{ refusalStatus: 200 }, ['challenges[0].refusalStatus']],
    [{ when: { query: { name: 'c', pattern: '^(a+)+$' } } }, ['challenges[0].when.query.pattern']],
    [{ wants: { template: '{query:}', setting: 's' } }, ['challenges[0].wants.template']],
  ])('%j', (change, expected) => expect(paths(change)).toEqual(expected))

  it('lets nobody have a text of their own signed', () => {
    const oracle = { ...base.answer, status: 200, headers: [], body: '{hmac-sha256-hex:query:c}' }
    expect(paths({ answer: oracle })).toEqual(['challenges[0].answer.body'])
    expect(paths({ answer: { ...oracle, body: 'a {secret} b' } })).toHaveLength(1)
    expect(paths({ answer: oracle, signed: true })).toEqual([])
    const when = { query: { name: 'c', pattern: '^[a-f0-9]{20,32}$' } }
    expect(paths({ answer: oracle, when })).toEqual([])
  })

  it('is part of the check of a whole scheme', () => {
    const challenges = [{ ...base, ...answering('{json}') }]
    const checked = checkScheme({ ...schemeOf('stripe'), id: 'my-own', challenges })
    expect(JSON.stringify(checked)).toContain('challenges[0].answer.body')
  })
})
