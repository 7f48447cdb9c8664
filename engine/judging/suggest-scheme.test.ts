import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { catchAllProfile, type JudgingProfile } from './profile.ts'
import { suggestScheme } from './suggest-scheme.ts'

const BODY = Buffer.from('{"n":1}')
const hex = (secret: string, body: Uint8Array = BODY) =>
  createHmac('sha256', secret).update(body).digest('hex')

function profile(endpointId: number, schemeId: string | null, texts: string[]): JudgingProfile {
  const secrets = texts.map((text, at) => ({ id: endpointId * 100 + at, name: `s${at}`, text }))
  return { ...catchAllProfile, endpointId, schemeId, secrets }
}

function suggest(
  rawHeaders: RawHeader[],
  profiles: JudgingProfile[],
  body: Uint8Array = BODY,
  incomplete: { sentence: string } | null = null,
) {
  const head = { method: 'POST', target: '/hook', rawHeaders }
  const delivery = { head, receivedAtMs: 1_760_000_000_000, incomplete }
  return suggestScheme(delivery, { byteLength: body.length, chunks: () => [body] }, profiles)
}
const signed = (secret: string): RawHeader[] => [['X-Signature', hex(secret)]]

describe('suggestScheme', () => {
  it('names nothing where no scheme signs like this', () => {
    expect(suggest([['Content-Type', 'text/plain']], [profile(1, 'stripe', ['a'])])).toBeNull()
  })

  it('lists what is possible while no secret tells', () => {
    const found = suggest(signed('live'), [profile(1, 'stripe', ['other'])])
    expect(found).toMatchObject({ schemeId: null, confidence: 'possible', secret: null })
    expect(found?.candidates).toContain('custom')
    expect(found?.candidates).toContain('lemonsqueezy')
  })

  it('takes the scheme of the endpoint whose secret matches, among equal rules', () => {
    for (const schemeId of ['custom', 'lemonsqueezy']) {
      const profiles = [profile(1, 'stripe', ['a', 'b']), profile(2, schemeId, ['old', 'live'])]
      const found = suggest(signed('live'), profiles)
      expect(found?.candidates[0]).toBe(schemeId)
      expect(found).toMatchObject({
        schemeId,
        confidence: 'certain',
        candidates: expect.arrayContaining(['custom', 'lemonsqueezy']),
        secret: { name: 's1', endpointId: 2 },
      })
    }
  })

  it('finds the secret of an endpoint that has another scheme, or none', () => {
    for (const schemeId of ['github', null]) {
      expect(suggest(signed('live'), [profile(9, schemeId, ['live'])])).toMatchObject({
        confidence: 'certain',
        secret: { endpointId: 9 },
      })
    }
  })

  it('says whose secret it is where the scheme is plain already', () => {
    const timestamp = 1_600_000_000
    const v1 = hex('whsec_x', Buffer.concat([Buffer.from(`${timestamp}.`), BODY]))
    const headers: RawHeader[] = [['Stripe-Signature', `t=${timestamp},v1=${v1}`]]
    const found = suggest(headers, [profile(4, 'stripe', ['whsec_x'])])
    expect(found).toMatchObject({ schemeId: 'stripe', secret: { endpointId: 4 } })
    const other = suggest(headers, [profile(4, 'stripe', ['whsec_y'])])
    expect(other).toMatchObject({ schemeId: 'stripe', confidence: 'certain', secret: null })
  })

  it('tells a credential only by a secret that is equal', () => {
    const headers: RawHeader[] = [['X-Gitlab-Token', 'tok']]
    expect(suggest(headers, [profile(5, null, ['tok'])])).toMatchObject({
      schemeId: 'gitlab-token',
      secret: { endpointId: 5 },
    })
    expect(suggest(headers, [profile(5, null, ['tock'])])?.secret).toBeNull()
  })

  it('tries no body that is cut or over 1 MiB', () => {
    const profiles = [profile(2, 'lemonsqueezy', ['live'])]
    const cut = suggest(signed('live'), profiles, BODY, { sentence: 'cut' })
    expect(cut?.secret ?? null).toBeNull()
    const large = Buffer.alloc(1024 * 1024 + 1, 'x')
    const headers: RawHeader[] = [['X-Signature', hex('live', large)]]
    expect(suggest(headers, profiles, large)?.secret ?? null).toBeNull()
  })

  it('stops after forty tries, the likely ones first', () => {
    const many = Array.from({ length: 200 }, (_, at) => `wrong ${at}`)
    const own = profile(2, 'lemonsqueezy', ['live'])
    const profiles = [profile(1, 'stripe', many), own]
    expect(suggest(signed('live'), profiles)?.secret).toMatchObject({ endpointId: 2 })
    const foreign = [profile(1, 'stripe', many), profile(2, 'stripe', ['live'])]
    expect(suggest(signed('live'), foreign)?.secret).toBeNull()
  })
})
