import { describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import type { Signing } from '#contract/replay.ts'
import { secretTextFor } from '#engine/signatures/made-request.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { catchAllProfile, type JudgingProfile, prepareProfile } from './profile.ts'
import { type Original, resigningOf } from './resigning.ts'

const NOW = 1_700_000_000_000
const svix = findScheme('svix')
if (!svix) throw new Error('There is no scheme svix.')
const first = { id: 7, name: 'old', text: secretTextFor(svix) }
const second = { id: 8, name: 'new', text: `whsec_${Buffer.alloc(24, 'n').toString('base64')}` }
const broken = { id: 9, name: 'broken', text: 'whsec_***' }

const head = (rawHeaders: RawHeader[] = []) => ({ method: 'POST', target: '/svix', rawHeaders })
const original: Original = {
  endpointId: 1,
  head: head(),
  body: Buffer.from('{}'),
  matchedSecretId: null,
  messageId: 'msg_1',
  timestampMs: 1_600_000_000_000,
}
const as: Signing = { resign: true, messageId: 'same', timestamp: 'now' }

function asked(
  signing: Partial<Signing> = {},
  change: Partial<Original> = {},
  profile: Partial<JudgingProfile> = {},
) {
  const whole = {
    ...catchAllProfile,
    endpointId: 1,
    schemeId: 'svix',
    secrets: [first, second],
    ...profile,
  }
  const roster = { preparedOf: () => prepareProfile(whole) }
  return resigningOf(roster, { ...original, ...change }, { ...as, ...signing }, NOW)
}

const nameOf = (made: ReturnType<typeof asked>) =>
  'problem' in made ? made.problem : made.secret.name

describe('the secret', () => {
  it('is the one that verified it, else the newest', () => {
    expect(nameOf(asked())).toBe('new')
    expect(nameOf(asked({}, { matchedSecretId: 7 }))).toBe('old')
  })
  it('is the one that was chosen, or given', () => {
    expect(nameOf(asked({ secretId: 7 }, { matchedSecretId: 8 }))).toBe('old')
    const given = asked({ secretId: 7, secretText: second.text })
    expect(given).toMatchObject({ secret: { id: null, text: second.text } })
  })
  it.each([
    [{ secretText: 'whsec_***' }, {}, 'not base64'],
    [{ secretId: 10 }, {}, 'no such secret'],
    [{ secretId: 10 }, { lockedSecrets: true }, 'sealed'],
    [
      { secretId: 9 },
      { secrets: [first, broken] },
      '“broken” cannot sign. The secret is not base64',
    ],
    [{}, { secrets: [] }, 'Add one to the endpoint'],
    [{}, { secrets: [], lockedSecrets: true }, 'sealed'],
    [{}, { secrets: [broken] }, 'not base64'],
    [{}, { schemeId: null }, 'Nothing says how to sign'],
  ])('or a sentence why there is none: %j %j', (signing, profile, sentence) => {
    expect(nameOf(asked(signing, {}, profile))).toContain(sentence)
  })
})

describe('the moment', () => {
  it.each([
    ['now', NOW],
    ['original', 1_600_000_000_000],
    [-301, NOW - 301_000],
    [60, NOW + 60_000],
  ] satisfies [Signing['timestamp'], number][])('%s', (timestamp, timestampMs) => {
    expect(asked({ timestamp })).toMatchObject({ timestampMs })
  })
  it('cannot be one that is not there', () => {
    expect(asked({ timestamp: 'original' }, { timestampMs: null })).toHaveProperty('problem')
    const github = asked({ timestamp: 'original' }, { timestampMs: null }, { schemeId: 'github' })
    expect(github).toMatchObject({ timestampMs: NOW })
  })
})

const idOf = (made: ReturnType<typeof asked>) => ('problem' in made ? made : made.messageId)

describe('the message id', () => {
  it('stays, and an edited one stays edited', () => {
    expect(idOf(asked())).toBe('msg_1')
    const outgoing = head([['Svix-Id', 'msg_edited']])
    // What the request carries is what the signer keeps.
    expect(idOf(asked({}, { head: head([['svix-id', 'msg_1']]), outgoing }))).toBeNull()
  })
  it('is new when asked for', () => {
    const id = idOf(asked({ messageId: 'new' }))
    expect(id).toMatch(/^msg_[0-9a-f]{32}$/)
    expect(idOf(asked({ messageId: 'new' }))).not.toBe(id)
  })
})
