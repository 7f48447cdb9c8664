import { afterEach, describe, expect, test } from 'vitest'
import { battery } from '#engine/replay/check/battery/battery.ts'
import { check, serve, worldOf, type Handler } from './check-rig.ts'
import { weakHandler, type Weakness } from './check-weak-handlers.ts'

const secrets = ['one', 'two'].map(
  (name) => `whsec_${Buffer.from(`${name} of the two secrets of these tests`).toString('base64')}`,
)

let handler: Handler | null = null
afterEach(() => handler?.close())

/** What each weakness is caught for: these expectations and no other. */
const caught: Record<Weakness, string[]> = {
  none: [],
  reserialises: [
    'accepts.escaped-slashes',
    'accepts.odd-whitespace',
    'accepts.unicode',
    'rejects.appended-bytes',
    'rejects.duplicate-key',
  ],
  'no-tolerance': ['rejects.timestamp-unit', 'rejects.too-far-ahead', 'rejects.too-old'],
  'one-sided-tolerance': ['rejects.timestamp-unit', 'rejects.too-far-ahead'],
  'accepts-unsigned': ['rejects.missing-signature'],
  'compares-a-prefix': ['rejects.empty-signature', 'rejects.truncated-signature'],
  'looks-for-presence-only': [
    'rejects.appended-bytes',
    'rejects.downgraded-version',
    'rejects.duplicate-key',
    'rejects.empty-secret',
    'rejects.empty-signature',
    'rejects.malformed-signature',
    'rejects.other-encoding',
    'rejects.other-signature',
    'rejects.tampered-byte',
    'rejects.tampered-id',
    'rejects.tampered-timestamp',
    'rejects.truncated-signature',
    'rejects.wrong-secret',
  ],
  'first-signature-only': ['accepts.several-signatures'],
  'echoes-the-expected-signature': ['behaves.no-echo'],
  'echoes-the-secret': ['behaves.no-echo'],
  'throws-on-malformed': ['behaves.client-errors'],
  'not-idempotent': ['behaves.out-of-order', 'behaves.same-delivery-twice', 'behaves.ten-at-once'],
  'refuses-duplicates': [
    'behaves.out-of-order',
    'behaves.same-delivery-twice',
    'behaves.ten-at-once',
  ],
  'slow-early-exit': ['behaves.constant-time'],
  'any-version': ['rejects.downgraded-version'],
  'empty-secret': ['rejects.empty-secret'],
  'one-secret': ['accepts.second-secret'],
  'any-encoding': ['rejects.other-encoding'],
  'lax-number': ['rejects.timestamp-not-a-number'],
  'two-timestamps': ['rejects.two-timestamps'],
  'case-sensitive-headers': ['accepts.header-case'],
  'knows-all-events': ['accepts.unknown-event'],
  'wrong-method-throws': ['behaves.wrong-method'],
  'small-limit': ['accepts.large-body'],
}

/** Measuring takes its time: it is done where it matters, and where nothing is wrong. */
const measured: readonly string[] = ['none', 'compares-a-prefix', 'slow-early-exit']
const unmeasured = battery.map(({ id }) => id).filter((id) => id !== 'behaves.constant-time')

describe('a weak handler is caught for exactly its weakness', () => {
  test.each(Object.entries(caught))('%s', { timeout: 30_000 }, async (name, ids) => {
    const weakness = Object.keys(caught).find((each): each is Weakness => each === name) ?? 'none'
    handler = await serve(weakHandler(weakness, secrets))
    const checked = await check(await worldOf('standard-webhooks', handler.url, secrets), {
      only: measured.includes(weakness) ? [] : unmeasured,
    })
    expect(checked.problem).toBeNull()
    expect(checked.ids('failed')).toEqual(ids)
    expect(checked.ids('sdk-choice')).toEqual([])
    const open = weakness === 'none' || weakness === 'compares-a-prefix'
    expect(checked.ids('unsure')).toEqual(open ? ['behaves.constant-time'] : [])
    // Standard Webhooks allows several signatures, and thereby the header twice.
    expect(checked.ids('skipped')).toEqual(['rejects.two-signature-headers'])
    expect(JSON.stringify(checked.results)).not.toContain(secrets[0])
  })
})
