import { rmSync } from 'node:fs'
import { isDefinedError, safe } from '@orpc/client'
import { verifyKey } from 'discord-interactions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schemes } from '#engine/signatures/catalogue.ts'
import { settingsOf } from '#engine/signatures/made-request.ts'
import { usesPublicKey } from '#engine/signatures/secret.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
} from './opened-engine.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('test key pairs', () => {
  it.each(schemes.filter(usesPublicKey).map((scheme) => [scheme.id, scheme] as const))(
    '%s: made, signed with, and judged by the public half elsewhere',
    async (schemeId, scheme) => {
      const settings = { ...settingsOf(scheme) }
      const make = (name: string, secrets: { text: string }[]) =>
        app.client.endpoints.create({ name, path: `/${name}`, schemeId, settings, secrets })
      const { id } = await make(schemeId, [])
      const pair = await app.client.tools.makeKeyPair({ schemeId, endpointId: id })
      expect(pair).toMatchObject({
        privateKeyText: null,
        stored: { name: 'test key pair', problem: null, publicKeyText: pair.publicKeyText },
      })
      const { deliveryId } = await app.client.tools.sendTest({ endpointId: id })
      expect((await app.client.deliveries.get({ id: deliveryId })).verdict).toBe('valid')
      const receiver = await make(`${schemeId}-receiver`, [{ text: pair.publicKeyText }])
      expect(receiver.secrets[0]).toMatchObject({ problem: null, publicKeyText: null })
      const delivery = await app.client.deliveries.get({ id: deliveryId })
      const replay = await app.client.replays.create({
        deliveryId,
        url: `${app.url}/${schemeId}-receiver${delivery.target.slice(schemeId.length + 1)}`,
        resign: true,
      })
      const arrived = { id: replay.arrivedAsDeliveryId ?? 0 }
      expect((await app.client.deliveries.get(arrived)).verdict).toBe('valid')
    },
  )

  it('discord’s own package takes what is signed with one', async () => {
    const endpoint = await app.client.endpoints.create({
      name: 'interactions',
      path: '/interactions',
      schemeId: 'discord',
    })
    const given = { schemeId: 'discord', endpointId: endpoint.id }
    const { publicKeyText, stored } = await app.client.tools.makeKeyPair(given)
    const again = await app.client.tools.makeKeyPair(given)
    expect([stored?.name, again.stored?.name]).toEqual(['test key pair', 'test key pair 2'])
    await app.client.secrets.remove({ id: again.stored?.id ?? 0 })
    const { deliveryId } = await app.client.tools.sendTest({ endpointId: endpoint.id })
    const { rawHeaders } = await app.client.deliveries.get({ id: deliveryId })
    const body = await (await app.client.deliveries.body({ id: deliveryId })).text()
    const value = (wanted: string) =>
      rawHeaders.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''
    const signature = value('x-signature-ed25519')
    const timestamp = value('x-signature-timestamp')
    expect(await verifyKey(body, signature, timestamp, publicKeyText)).toBe(true)
    expect(await verifyKey(`${body} `, signature, timestamp, publicKeyText)).toBe(false)
  })

  it('are not made for shared secrets', async () => {
    const { error } = await safe(app.client.tools.makeKeyPair({ schemeId: 'stripe' }))
    expect(isDefinedError(error) && error.code).toBe('BAD_REQUEST')
    const loose = await app.client.tools.makeKeyPair({ schemeId: 'wise' })
    expect(loose.stored).toBeNull()
    expect(loose.privateKeyText).toContain('PRIVATE KEY')
  })
})

const message = (SigningCertURL: string) =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: 'm',
    TopicArn: 'arn:aws:sns:eu-west-1:1:t',
    Message: 'x',
    Timestamp: '2026-11-21T00:00:00.000Z',
    SignatureVersion: '2',
    Signature: 'AAAA',
    SigningCertURL,
  })
const receive = async (body: string) => {
  await post(`${app.url}/sns`, body, ['Content-Type', 'text/plain'])
  return (await newestRow(app.client)).id
}

describe('keys that would be fetched', () => {
  it('are offered by their host, refused for another, and never asked for by themselves', async () => {
    await app.client.endpoints.create({ name: 'sns', path: '/sns', schemeId: 'aws-sns' })
    const right = await receive(message('https://sns.eu-west-1.amazonaws.com/a.pem'))
    expect((await app.client.deliveries.get({ id: right })).verification).toMatchObject({
      verdict: 'no-secret',
      reason: { code: 'key-not-here' },
    })
    const offer = await app.client.deliveries.keyOffer({ id: right })
    expect(offer?.host).toBe('sns.eu-west-1.amazonaws.com')
    const other = await safe(app.client.deliveries.fetchKey({ id: right, host: 'evil.example' }))
    expect(isDefinedError(other.error) && other.error.code).toBe('BAD_REQUEST')

    const wrong = await receive(message('https://sns.eu-west-1.amazonaws.com.evil.example/a.pem'))
    const refused = await app.client.deliveries.keyOffer({ id: wrong })
    expect(refused?.host).toBeNull()
    expect(refused?.sentence).toContain('nothing is asked there')
    const host = 'sns.eu-west-1.amazonaws.com.evil.example'
    const { error } = await safe(app.client.deliveries.fetchKey({ id: wrong, host }))
    expect(error?.message).toContain('nothing is asked there')
  })

  it('of plaid are pasted, and the offer says where they come from', async () => {
    await post(`${app.url}/plaid`, '{}', ['Plaid-Verification', 'e30.e30.AAAA'])
    const offer = await app.client.deliveries.keyOffer({ id: (await newestRow(app.client)).id })
    expect(offer?.host).toBeNull()
    expect(offer?.sentence).toContain('/webhook_verification_key/get')
  })

  it('are none of other schemes', async () => {
    await post(`${app.url}/discord`, '{}')
    const { id } = await newestRow(app.client)
    expect(await app.client.deliveries.keyOffer({ id })).toBeNull()
  })
})
