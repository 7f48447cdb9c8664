/** docs/verdicts.md over the whole catalogue: of all that holds, the first row is the verdict. */
import { describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import type { Verdict } from '#contract/verdict.ts'
import { schemes } from './catalogue.ts'
import { compile } from './compile.ts'
import { setJson } from './json-edit.ts'
import {
  contextOf,
  inMemory,
  makeRequest,
  secretOf,
  SIGNED_AT_MS,
  type MadeRequest,
} from './made-request.ts'
import type { VerifyContext } from './types.ts'
import { startVerification, verify } from './verify.ts'

const DAY_MS = 86_400_000

/** The signature taken away (`null`), or empty. */
function withSignature(made: MadeRequest, value: '' | null): MadeRequest {
  const { place } = made.scheme.signature
  if ('header' in place) {
    const { signatureNames, furtherNames } = compile(made.scheme)
    const names = new Set([...signatureNames, ...furtherNames])
    const rawHeaders = made.head.rawHeaders.flatMap(([name, old]): RawHeader[] => {
      if (!names.has(name.toLowerCase())) return [[name, old]]
      return value === null ? [] : [[name, value]]
    })
    return { ...made, head: { ...made.head, rawHeaders } }
  }
  const text = Buffer.from(made.body).toString()
  const changed =
    'json' in place
      ? setJson(text, place.json, value === null ? 'null' : '""')
      : text.replace(
          new RegExp(`(^|&)${place.form}=[^&]*`),
          value === null ? '$1x=' : `$1${place.form}=`,
        )
  if (changed === null || changed === text) throw new Error('The signature was not found.')
  return { ...made, body: Buffer.from(changed) }
}

type Change = (context: VerifyContext) => VerifyContext

/** In the order of the rows; each holds beside all those after it. */
const holding = (made: MadeRequest): [Verdict, Change][] => {
  const other = secretOf(made.scheme, 'other key', 8)
  return [
    ['incomplete', (context) => ({ ...context, incomplete: { sentence: 'Cut.' } })],
    ['no-secret', (context) => ({ ...context, secrets: [], lockedSecrets: false })],
    ['locked', (context) => ({ ...context, secrets: [], lockedSecrets: true })],
    ['invalid', (context) => ({ ...context, secrets: [other] })],
  ]
}

/** What dates itself is old now; `null`: nothing in the scheme can be. */
function whenOld(made: MadeRequest): Change | null {
  const { jwt, timestamp, tolerance } = made.scheme
  const expires = jwt?.times === 'exp-nbf' && jwt.lifetimeSeconds !== undefined
  if (!timestamp && !expires) return null
  const own = tolerance ?? { pastSeconds: 300, futureSeconds: 300 }
  return (context) => ({ ...context, atMs: SIGNED_AT_MS + DAY_MS, tolerance: own })
}

/** Whole and in a stream, which must say the same. */
function verdictOf(request: MadeRequest, ...changes: Change[]): Verdict {
  const context = changes.reduce((before, change) => change(before), contextOf(request))
  const { verdict } = verify(context, inMemory(request.body))
  const streaming = startVerification(context)
  for (let at = 0; at < request.body.byteLength; at += 7) {
    streaming.update(request.body.subarray(at, at + 7))
  }
  const { byteLength } = request.body
  const end = { byteLength, incomplete: null, bodyPrefix: request.body }
  expect(streaming.finish(end).verification.verdict).toBe(verdict)
  return verdict
}

const same: Change = (context) => context

describe.each(schemes.map(({ id }) => id))('%s', (id) => {
  const made = makeRequest(id)
  const old = whenOld(made)
  test('right, and right but old', () => {
    expect(verdictOf(made)).toBe('valid')
    expect(verdictOf(made, old ?? same)).toBe(old ? 'stale' : 'valid')
  })

  test.each(holding(made))('%s comes before what is below it', (verdict, change) => {
    expect(verdictOf(made, change)).toBe(verdict)
    expect(verdictOf(made, change, old ?? same)).toBe(verdict)
  })

  test('a secret that is sealed may be the right one', () => {
    const wrong: Change = (context) => ({ ...context, secrets: [secretOf(made.scheme, 'x', 8)] })
    expect(verdictOf(made, wrong, (context) => ({ ...context, lockedSecrets: true }))).toBe(
      'locked',
    )
    expect(verdictOf(made, (context) => ({ ...context, lockedSecrets: true }))).toBe('valid')
  })

  test.each([
    ['unsigned', null],
    ['malformed', ''],
  ] as const)('%s comes before all that is about secrets', (verdict, value) => {
    const changed = withSignature(made, value)
    for (const [name, change] of [['valid', same] as const, ...holding(made)]) {
      const wanted = name === 'incomplete' ? 'incomplete' : verdict
      expect([name, verdictOf(changed, change)]).toEqual([name, wanted])
      expect([name, verdictOf(changed, change, old ?? same)]).toEqual([name, wanted])
    }
  })

  test('without what else is signed it is malformed, whatever the secrets', () => {
    const { pieces, timestampNames, messageIdNames, needsMessageId } = compile(made.scheme)
    const named = pieces.flatMap((piece) => (piece.kind === 'header' ? [piece.name] : []))
    const needed = [...timestampNames, ...(needsMessageId ? messageIdNames : []), ...named]
    for (const name of needed.map((each) => each.toLowerCase())) {
      const rawHeaders = made.head.rawHeaders.filter(([each]) => each.toLowerCase() !== name)
      if (rawHeaders.length === made.head.rawHeaders.length) continue
      const changed = { ...made, head: { ...made.head, rawHeaders } }
      expect([name, verdictOf(changed)]).toEqual([name, 'malformed'])
      for (const [row, change] of holding(made).slice(1)) {
        expect([name, row, verdictOf(changed, change)]).toEqual([name, row, 'malformed'])
      }
    }
  })

  test('a required setting that is missing is no-secret, though there are secrets', () => {
    const required = (made.scheme.settings ?? []).filter((setting) => setting.required)
    for (const { name } of required) {
      const { [name]: _, ...settings } = made.settings
      expect([name, verdictOf(made, (context) => ({ ...context, settings }))]).toEqual([
        name,
        'no-secret',
      ])
    }
  })
})
