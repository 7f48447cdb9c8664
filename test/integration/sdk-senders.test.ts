import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
} from './opened-engine.ts'
import { type Provider, providers, receiver } from './sdk-providers.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
  for (const { schemeId, secret } of providers) {
    const path = `/${schemeId}`
    await app.client.endpoints.create({
      name: schemeId,
      path,
      schemeId,
      secrets: [{ text: secret }],
    })
  }
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function send(provider: Provider, at: Date, body = provider.body) {
  const headers = ['Content-Type', 'application/json', ...(await provider.sign(at))]
  const url = `${app.url}/${provider.schemeId}${provider.query}`
  expect((await post(url, body, headers)).status).toBe(200)
  return newestRow(app.client)
}
const ago = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1000)

describe.each(providers)('$schemeId, signed by its own SDK', (provider) => {
  const { schemeId, expected, hasTimestamp } = provider

  it('is valid over a socket, with id, type and skew', async () => {
    const row = await send(provider, ago(100))
    expect(row).toMatchObject({ verdict: 'valid', schemeId, ...expected, endpointName: schemeId })
    const tens = row.skewSeconds === null ? null : Math.round(row.skewSeconds / 10) * 10
    expect(tens).toBe(hasTimestamp ? -100 : null)
    const { verification } = await app.client.deliveries.explain({ id: row.id })
    expect(verification.matchedSecretName).toBe('signing secret')
    expect(verification.notices).toEqual([])
  })

  it('is stale when old, and invalid when one byte of the body differs', async () => {
    const old = await send(provider, ago(3600))
    expect(old.verdict).toBe(hasTimestamp ? 'stale' : 'valid')
    const changed = await send(provider, ago(0), provider.body.replace('e', 'E'))
    expect(changed.verdict).toBe('invalid')
  })

  it('is refused by the SDK when sent again as it was, and accepted when signed anew', async () => {
    const { id: deliveryId } = await send(provider, ago(3600))
    const handler = await receiver(provider)
    try {
      const { url } = handler
      const asItWas = await app.client.replays.create({ deliveryId, url, resign: false })
      expect(asItWas.answer?.status).toBe(hasTimestamp ? 401 : 202)
      const anew = await app.client.replays.create({ deliveryId, url, resign: true })
      expect(anew.answer).toMatchObject({ status: 202, bodyText: 'accepted' })
      expect(anew.messageId).toBe(expected.messageId)
      const renamed = await app.client.replays.create({
        deliveryId,
        url,
        resign: true,
        messageId: 'new',
      })
      expect(renamed.answer).toMatchObject({ status: 202, bodyText: 'accepted' })
      expect(renamed.messageId === expected.messageId).toBe(!provider.newId)
    } finally {
      handler.close()
    }
  })

  it('is accepted by the SDK when the app sends its test webhook', async () => {
    const endpoints = await app.client.endpoints.list()
    const endpointId = endpoints.find(({ name }) => name === schemeId)?.id ?? 0
    const { deliveryId } = await app.client.tools.sendTest({ endpointId })
    const { verdict } = await app.client.deliveries.get({ id: deliveryId })
    expect(verdict).toBe('valid')
    const handler = await receiver(provider)
    const { url } = handler
    const replay = await app.client.replays.create({ deliveryId, url, resign: false })
    handler.close()
    expect(replay.answer).toMatchObject({ status: 202, bodyText: 'accepted' })
  })
})
