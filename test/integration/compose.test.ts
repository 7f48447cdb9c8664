import { readdirSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isDefinedError, safe } from '@orpc/client'
import type { Draft } from '#contract/compose.ts'
import { makeTestKeyPair } from '#engine/signatures/test-key-pair.ts'
import { schemeOf } from '#engine/signatures/made-request.ts'
import { openEngine, type OpenedEngine, temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
const SECRET = 'whsec_composed_secret_of_the_endpoint'
let app: OpenedEngine
let endpointId = 0
beforeAll(async () => {
  app = await openEngine(dataDir)
  const endpoint = await app.client.endpoints.create({
    name: 'Stripe',
    path: '/stripe',
    schemeId: 'stripe',
    secrets: [{ text: SECRET }],
  })
  endpointId = endpoint.id
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function draftOf(schemeId: string | null, name?: string): Promise<Draft> {
  const samples = await app.client.compose.samples({ schemeId })
  const { body, ...event } = samples.find((sample) => sample.name === name) ?? samples[0] ?? fail()
  return {
    ...event,
    schemeId,
    endpointId: null,
    settings: {},
    body: { kind: 'template', text: body },
    seed: null,
  }
}

function fail(): never {
  throw new Error('There is no sample.')
}

async function refusal(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  const { error } = await safe(call)
  if (!(error instanceof Error) || !('code' in error)) throw new Error('It was not refused.')
  return { code: String(error.code), message: error.message }
}

describe('composing', () => {
  it('signs an event with the endpoint’s secret, and our own listener finds it valid', async () => {
    const draft = { ...(await draftOf('stripe', 'charge.refunded')), endpointId }
    const url = `${app.url}/stripe`
    const preview = await app.client.compose.preview({ draft, url, resign: true })
    expect(preview).toMatchObject({ target: '/stripe', verdict: 'valid', intoOurselves: true })
    const { replays } = await app.client.compose.send({ draft, url, resign: true })
    const [replay] = replays
    expect(replay).toMatchObject({ origin: 'compose', deliveryId: null, answer: { status: 200 } })
    const arrived = await app.client.deliveries.get({ id: replay?.arrivedAsDeliveryId ?? 0 })
    expect(arrived).toMatchObject({ verdict: 'valid', eventType: 'charge.refunded' })
    const sent = await app.client.replays.body({ id: replay?.id ?? 0 })
    expect(JSON.parse(await sent.text())).toMatchObject({ type: 'charge.refunded' })
  })

  it('counts up, and makes the same again from the same seed', async () => {
    const body = { kind: 'template', text: '{"n":{{counter}},"id":"{{hex 8}}"}' } as const
    const draft = { ...(await draftOf(null)), body, seed: 7 }
    const asked = { draft, url: `${app.url}/counted`, resign: false, times: 3 }
    const bodies = async () => {
      const { replays } = await app.client.compose.send(asked)
      return Promise.all(
        replays.map(async ({ id }) => (await app.client.replays.body({ id })).text()),
      )
    }
    const first = await bodies()
    expect(first.map((text) => JSON.parse(text).n)).toEqual([1, 2, 3])
    expect(await bodies()).toEqual(first)
    expect(new Set(first).size).toBe(3)
  })

  it('signs with a pasted secret that is stored nowhere, and with a test key pair', async () => {
    const secretText = 'a secret that only this request knows'
    const github = { ...(await draftOf('github')), settings: {} }
    const url = `${app.url}/github`
    const { replays } = await app.client.compose.send({
      ...{ draft: github, url, resign: true, secretText },
    })
    expect(replays[0]?.answer?.status).toBe(200)
    const files = readdirSync(dataDir).filter((name) => /sqlite|\.db|-wal/.test(name))
    expect(files.length).toBeGreaterThan(0)
    for (const name of files) {
      expect(readFileSync(join(dataDir, name)).includes(secretText)).toBe(false)
    }
    const box = { ...(await draftOf('box')), settings: { secondaryKey: 'a second secret' } }
    const boxed = { draft: box, url: `${app.url}/box`, resign: true, secretText }
    await app.client.compose.send(boxed)
    const [kept] = await app.client.compose.history({ limit: 1 })
    expect(kept).toMatchObject({ draft: { schemeId: 'box', settings: {} } })
    expect(JSON.stringify(kept)).not.toContain(secretText)
    const discord = await draftOf('discord')
    const pair = await makeTestKeyPair(schemeOf('discord'))
    const asked = { draft: discord, url: `${app.url}/discord`, resign: true }
    expect(
      await refusal(app.client.compose.preview({ ...asked, secretText: pair?.publicKeyText })),
    ).toMatchObject({ message: expect.stringContaining('test key pair') })
    const preview = await app.client.compose.preview({
      ...asked,
      secretText: pair?.privateKeyText,
    })
    expect(preview.verdict).toBe('valid')
  })

  it('takes timestamp and message id from the person', async () => {
    const draft = {
      ...(await draftOf('svix')),
      rawHeaders: [['svix-id', 'msg_mine']] as Draft['rawHeaders'],
    }
    const preview = await app.client.compose.preview({
      ...{ draft, url: app.url, resign: true, messageId: 'same', timestamp: -3600 },
      secretText: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    })
    const headers = new Map(preview.rawHeaders.map(([name, value]) => [name, value]))
    expect(headers.get('svix-id')).toBe('msg_mine')
    expect(Number(headers.get('svix-timestamp'))).toBeLessThan(Date.now() / 1000 - 3590)
    expect(preview.verdict).toBe('stale')
  })

  it('remembers what was sent, and forgets it with its answers', async () => {
    const before = await app.client.compose.history({})
    const draft = { ...(await draftOf(null, 'form')), name: 'mine' }
    const sent = await app.client.compose.send({
      ...{ draft, url: `${app.url}/history`, resign: false, times: 9 },
    })
    const [newest] = await app.client.compose.history({})
    expect(newest).toMatchObject({
      id: sent.composedId,
      draft: { name: 'mine' },
      replayIds: sent.replays.map(({ id }) => id),
    })
    await app.client.compose.forget({ id: sent.composedId })
    expect(await app.client.compose.history({})).toEqual(before)
    const gone = await safe(app.client.replays.get({ id: sent.replays[0]?.id ?? 0 }))
    expect(isDefinedError(gone.error) && gone.error.code).toBe('NOT_FOUND')
    expect(await refusal(app.client.compose.forget({ id: sent.composedId }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('says what is wrong and sends nothing', async () => {
    let asked = 0
    const server = http.createServer((_, response) => {
      asked += 1
      response.end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/in`
    const draft = await draftOf('stripe')
    const broken = { ...draft, body: { kind: 'template', text: '{\n"a": {{nothing}}}' } as const }
    expect(await refusal(app.client.compose.send({ draft: broken, url, resign: false }))).toEqual({
      code: 'BAD_REQUEST',
      message: 'The body, line 2: There is no value “nothing”.',
    })
    expect(await refusal(app.client.compose.send({ draft, url, resign: true }))).toMatchObject({
      message: 'Choose an endpoint whose secret signs it, or enter a secret.',
    })
    const remote = 'https://hooks.example.test/in'
    expect(
      await refusal(app.client.compose.send({ draft, url: remote, resign: false })),
    ).toMatchObject({ code: 'HOST_NOT_ALLOWED' })
    const preview = await app.client.compose.preview({ draft, url: remote, resign: false })
    expect(preview).toMatchObject({ asksForHost: 'hooks.example.test', verdict: 'unsigned' })
    expect(asked).toBe(0)
    server.close()
  })
})
