import zlib from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import type { Redaction } from '#contract/transfer.ts'
import { joined, madeExported } from '#engine/interchange/export/made-delivery.fixture.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import { makeRequest, SIGNED_AT_MS } from '#engine/signatures/made-request.ts'
import { prepareSecret, secretWarning } from '#engine/signatures/secret.ts'
import { verify } from '#engine/signatures/verify.ts'
import { Redactor } from './redactor.ts'
import type { RedactedEndpoint } from './redacted.ts'

const plain: Redaction = { jsonPaths: [], headers: [], resign: true }
const unknown: RedactedEndpoint = { name: 'Orders', scheme: null, settings: {} }

function redactor(redaction: Partial<Redaction>): Redactor {
  const made = Redactor.make({ ...plain, ...redaction })
  if ('problem' in made) throw new Error(made.problem)
  return made
}

/** A delivery of a scheme as it was captured, signed with a secret that must not be shared. */
function captured(schemeId: string, body?: Uint8Array) {
  const made = makeRequest(schemeId, body ? { body } : {})
  const { scheme, secret, settings, head } = made
  const exported = madeExported(
    {
      ...{ method: head.method, target: head.target, rawHeaders: [...head.rawHeaders] },
      receivedAtMs: SIGNED_AT_MS,
    },
    made.body,
  )
  const verification = verify(
    {
      ...{ head, scheme, settings, secrets: [secret], lockedSecrets: false },
      ...{ atMs: SIGNED_AT_MS, tolerance: null, incomplete: null },
    },
    exported.body,
  )
  expect(verification.verdict).toBe('valid')
  exported.delivery.verification = verification
  exported.delivery.verificationAtReceipt = verification
  return { made, exported, endpoint: { name: 'Orders', scheme, settings } }
}

function encoded(contentEncoding: string, body: Uint8Array): ExportedDelivery {
  const rawHeaders: RawHeader[] = [['content-encoding', contentEncoding]]
  return madeExported({ contentEncoding, rawHeaders }, body)
}

function textOf({ delivery, body, replays }: ExportedDelivery): string {
  return JSON.stringify({ delivery, replays }) + joined(body.chunks()).toString('latin1')
}

/** What a receiver with that secret alone says of it at its own time. */
function verdictWith(
  text: string,
  shared: ExportedDelivery,
  { scheme, settings }: RedactedEndpoint,
) {
  if (!scheme) throw new Error('There is a scheme here.')
  const { method, target, rawHeaders, verification } = shared.delivery
  const made = prepareSecret(scheme, { id: null, name: 'shared', text }, settings)
  if ('problem' in made) throw new Error(made.problem)
  return verify(
    {
      head: { method, target, rawHeaders },
      ...{ scheme, settings, secrets: made.prepared, lockedSecrets: false },
      atMs: verification.timestamp?.unixMs ?? SIGNED_AT_MS,
      ...{ tolerance: null, incomplete: null },
    },
    shared.body,
  )
}

describe('signing again with a throwaway secret', () => {
  it.each(schemes.map(({ id }) => id))('verifies for %s, and the old signature is gone', (id) => {
    const { made, exported, endpoint } = captured(id)
    const tool = redactor({})
    const { exported: shared, notices } = tool.redact(exported, endpoint)
    const [secret] = tool.secrets()
    expect(notices.filter((notice) => notice.includes('cannot be signed'))).toEqual([])
    expect(secret?.schemeId).toBe(id)
    const verification = verdictWith(secret?.text ?? '', shared, endpoint)
    expect(`${verification.verdict}: ${verification.reason.sentence}`).toMatch(/^valid/)
    expect(verification.timestamp?.unixMs).toBe(exported.delivery.verification.timestamp?.unixMs)
    // A token or password is the secret itself, and is replaced as such.
    expect(textOf(shared)).not.toContain(made.secret.text)
    const name = made.scheme.signature.place
    const before = 'header' in name ? valueOf(exported, name.header) : null
    expect(before !== null && textOf(shared).includes(before)).toBe(false)
    expect(verdictWith(made.secret.text, shared, endpoint).verdict).not.toBe('valid')
  })

  it.each(schemes.map(({ id }) => id))('makes a secret that looks like one of %s', (id) => {
    const { exported, endpoint } = captured(id)
    const tool = redactor({})
    tool.redact(exported, endpoint)
    expect(secretWarning(endpoint.scheme, tool.secrets()[0]?.text ?? '')).toBeNull()
  })

  it('keeps one secret for an endpoint, and another for the next', () => {
    const { exported, endpoint } = captured('stripe')
    const tool = redactor({})
    tool.redact(exported, endpoint)
    tool.redact(exported, endpoint)
    tool.redact(exported, { ...endpoint, name: 'Refunds' })
    const [first, second, ...rest] = tool.secrets()
    expect(rest).toEqual([])
    expect(first?.text).toMatch(/^whsec_/)
    expect(first?.text).not.toBe(second?.text)
  })

  it('masks a signature that it cannot or should not make again, and says so', () => {
    const { exported, endpoint } = captured('github')
    for (const [tool, at] of [
      [redactor({}), unknown],
      [redactor({ resign: false }), endpoint],
    ] as const) {
      const { exported: shared, notices } = tool.redact(exported, at)
      expect(textOf(shared)).not.toContain(valueOf(exported, 'x-hub-signature-256')?.slice(8))
      expect(valueOf(shared, 'x-hub-signature-256')).toBe('redacted')
      expect(notices.join(' ')).toMatch(/sign/)
    }
  })
})

function valueOf({ delivery }: ExportedDelivery, name: string): string | null {
  return (
    delivery.rawHeaders.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1] ?? null
  )
}

const form = (body: string) =>
  madeExported({ rawHeaders: [['content-type', 'application/x-www-form-urlencoded']] }, body)

describe('masking', () => {
  it('leaves every other byte of the body as it is', () => {
    const body =
      '{ "a": {"email": "x@example.org", "n": 1.10},\n "email":"kept", "a" : {"email":"y\\u0040z"},"l":[{"k":1e3},{"k":true},{"k":null},{"k":{"z":1}}], "big": 12345678901234567890 }'
    const tool = redactor({ jsonPaths: ['$.a.email', '$.l[*].k', '$.nowhere'] })
    const { exported: shared } = tool.redact(madeExported({}, body), unknown)
    expect(joined(shared.body.chunks()).toString()).toBe(
      '{ "a": {"email": "redacted", "n": 1.10},\n "email":"kept", "a" : {"email":"redacted"},"l":[{"k":0},{"k":false},{"k":null},{"k":{}}], "big": 12345678901234567890 }',
    )
    expect(tool.closing()).toEqual(['“$.nowhere” was found in no body, so it masked nothing.'])
  })

  it('leaves nothing of a masked value, whatever the body is', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/).map((text) => `canary${text}`)
    const around = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(secret, fc.dictionary(fc.string(), around), fc.string(), (text, other, space) => {
        const blanks = space.replace(/[^ \n\t]/g, ' ')
        const rest = JSON.stringify(other).slice(1, -1)
        const body = `{${blanks}"who":{"name":${JSON.stringify(`é "${text}`)}}${rest === '' ? '' : `,${rest}`},"who":[{"name":"${text}"}] }`
        const exported = madeExported(
          {
            note: `call ${text}`,
            messageId: text,
            eventType: text,
            target: `/hook?x=${text}`,
            rawHeaders: [
              ['Authorization', `Bearer ${text}x`],
              ['x-copy', `a ${text} b`],
            ],
            answer: null,
          },
          body,
        )
        const tool = redactor({ jsonPaths: ['$.who.name', '$.who[0].name'], headers: [] })
        const { exported: shared } = tool.redact(exported, unknown)
        const kept = other['who'] === undefined ? textOf(shared) : ''
        expect(kept).not.toContain(text)
      }),
    )
  })

  it('undoes content codings to mask what is in them, and leaves out what becomes too large', () => {
    const zstd = zlib.zstdCompressSync
    const coded: [coding: string, body: Uint8Array][] = [
      ['gzip', zlib.gzipSync('{"email":"x@y"}')],
      ['deflate', zlib.deflateRawSync('{"email":"x@y"}')],
      ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync('{"email":"x@y"}'))],
      ...(typeof zstd === 'function'
        ? [['zstd', zstd('{"email":"x@y"}')] satisfies [string, Uint8Array]]
        : []),
    ]
    const tool = redactor({ jsonPaths: ['$.email'] })
    for (const [coding, body] of coded) {
      const { exported } = tool.redact(encoded(coding, body), unknown)
      expect(joined(exported.body.chunks()).toString()).toBe('{"email":"redacted"}')
      expect(exported.delivery.rawHeaders).toEqual([])
    }
    const bomb = zlib.gzipSync(`{"email":"x@y"${' '.repeat(33 * 1024 * 1024)}}`)
    const left = tool.redact(encoded('gzip', bomb), unknown)
    expect(left.exported.body.byteLength).toBe(0)
    expect(left.notices.join(' ')).toContain('larger than 32 MiB')
  })

  it('masks fields of a form, the JSON in one too, and leaves out what it cannot look into', () => {
    const payload = encodeURIComponent('{"user":{"name":"Ann","id":7}}')
    const tool = redactor({ jsonPaths: ['$.email', '$.payload.user.name'] })
    const { exported: shared } = tool.redact(
      form(`a=1+2&email=x%40y&payload=${payload}&email=z`),
      unknown,
    )
    expect(joined(shared.body.chunks()).toString()).toBe(
      `a=1+2&email=redacted&payload=${encodeURIComponent('{"user":{"name":"redacted","id":7}}')}&email=redacted`,
    )
    const xml = madeExported({ rawHeaders: [['content-type', 'text/xml']] }, '<email>x@y</email>')
    const left = tool.redact(xml, unknown)
    expect(left.exported.body.byteLength).toBe(0)
    expect(left.notices.join(' ')).toContain('neither JSON nor a form')
    const broken = tool.redact(madeExported({}, '{"email":"x@y'), unknown)
    expect(broken.exported.body.byteLength).toBe(0)
  })

  it('masks credentials unasked, and the headers that were chosen', () => {
    const rawHeaders: RawHeader[] = [
      ['AUTHORIZATION', 'Basic dTpw'],
      ['Cookie', 'sid=1'],
      ['X-Customer', 'ann'],
      ['X-Customer', 'bob'],
      ['X-Kept', '1'],
    ]
    const exported = madeExported({ rawHeaders, target: '/h?a=1&token=t%20t&b' })
    const { exported: shared, notices } = redactor({ headers: ['x-customer'] }).redact(
      exported,
      unknown,
    )
    expect(shared.delivery.rawHeaders.map(([name, value]) => `${name}=${value}`)).toEqual([
      ...['AUTHORIZATION=redacted', 'Cookie=redacted', 'X-Customer=redacted'],
      ...['X-Customer=redacted', 'X-Kept=1'],
    ])
    expect(shared.delivery.target).toBe('/h?a=1&token=redacted&b')
    expect(notices).toContain('“AUTHORIZATION” is a credential and was masked.')
  })

  it('says which path cannot be read', () => {
    expect(Redactor.make({ ...plain, jsonPaths: ['$.a>1'] })).toEqual({
      problem: '“$.a>1” compares; a path that is masked only names a place.',
    })
    expect(Redactor.make({ ...plain, jsonPaths: ['$.['] })).toHaveProperty('problem')
  })
})
