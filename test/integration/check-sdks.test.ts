import { afterEach, describe, expect, test } from 'vitest'
import { cases } from '#test/interop/cases.ts'
import { check, worldOf, type Handler } from './check-rig.ts'
import { expressHandler } from './check-sdk-rig.ts'

let handler: Handler | null = null
afterEach(() => handler?.close())

const rewrites = [
  'accepts.escaped-slashes',
  'accepts.odd-whitespace',
  'accepts.unicode',
  'rejects.appended-bytes',
  'rejects.duplicate-key',
]
const oneSignature = ['accepts.several-signatures']
const twoHeaders = ['rejects.two-signature-headers']

/** Where a provider's package decides otherwise than its documented rule, seen here; else nowhere. */
const choices: Readonly<Record<string, readonly string[]>> = {
  replicate: ['rejects.downgraded-version'],
  '@liveblocks/node': ['accepts.unknown-event', 'rejects.downgraded-version'],
  '@polar-sh/sdk': ['accepts.unknown-event'],
  '@paddle/paddle-node-sdk': oneSignature,
  'gocardless-nodejs': twoHeaders,
  mercadopago: oneSignature,
  '@line/bot-sdk': twoHeaders,
  'whatsapp-api-js': ['accepts.unicode', ...twoHeaders],
  '@larksuiteoapi/node-sdk': rewrites,
  'crisp-api': rewrites,
  '@zoom/rivet': rewrites,
  telnyx: [
    'rejects.timestamp-not-a-number',
    'rejects.timestamp-unit',
    'rejects.too-far-ahead',
    ...twoHeaders,
  ],
  '@sanity/webhook': oneSignature,
  '@hygraph/utils': oneSignature,
  imagekit: oneSignature,
  '@workos-inc/node': [
    ...oneSignature,
    'rejects.downgraded-version',
    'rejects.timestamp-not-a-number',
  ],
  'hook0-client': oneSignature,
  '@onfido/api': twoHeaders,
  'retell-sdk': oneSignature,
  '@novu/framework': oneSignature,
}

/** DER signatures differ in length, and the decoder goes on where one has no padding. */
const atTimes: Readonly<Record<string, readonly string[]>> = {
  '@sendgrid/eventwebhook': twoHeaders,
}

/** It checks the token alone; that its payload_hash is that of the body is left to the handler. */
const unprotected: Readonly<Record<string, readonly string[]>> = {
  '@vonage/jwt': [
    'rejects.appended-bytes',
    'rejects.duplicate-key',
    'rejects.other-signature',
    'rejects.tampered-byte',
  ],
}

describe("Express with the provider's package passes what the package protects against", () => {
  test.each(cases.map((each) => [`${each.scheme} by ${each.sdk}`, each] as const))(
    '%s',
    { timeout: 30_000 },
    async (_, each) => {
      handler = await expressHandler(each)
      const secrets = [each.signingSecret ?? each.secret]
      const world = await worldOf(each.scheme, handler.url, secrets, each.settings ?? {})
      const checked = await check(world, { only: ['accepts', 'rejects'] })
      expect(checked.problem).toBeNull()
      const failed = checked.results.filter(({ outcome }) => outcome === 'failed')
      expect(failed.map(({ id }) => id).sort()).toEqual(unprotected[each.sdk] ?? [])
      const always = checked.ids('sdk-choice').filter((id) => !atTimes[each.sdk]?.includes(id))
      expect(always).toEqual([...(choices[each.sdk] ?? [])].sort())
      expect(checked.ids('unsure')).toEqual([])
      expect(checked.ids('passed')).toContain('rejects.wrong-secret')
    },
  )
})

describe('the whole battery, with how the handler behaves', () => {
  const whole = ['stripe', 'svix', 'standard-webhooks', 'github']
  const chosen = cases.filter(({ scheme }) => whole.includes(scheme))

  test.each(chosen.map((each) => [`${each.scheme} by ${each.sdk}`, each] as const))(
    '%s',
    { timeout: 30_000 },
    async (_, each) => {
      handler = await expressHandler(each)
      const checked = await check(await worldOf(each.scheme, handler.url, [each.secret]))
      expect(checked.problem).toBeNull()
      expect(checked.ids('failed')).toEqual([])
      expect(checked.ids('sdk-choice')).toEqual([])
      expect(checked.ids('unsure')).toEqual(['behaves.constant-time'])
      expect(checked.get('behaves.constant-time').found).toMatch(
        /^Over \d+ pairs of requests the median difference was .* no proof that there is none/,
      )
    },
  )

  test('all four are there', () => {
    expect(new Set(chosen.map(({ scheme }) => scheme))).toEqual(new Set(whole))
  })
})
