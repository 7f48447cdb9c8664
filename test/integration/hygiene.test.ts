import { generateKeyPairSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { jsonLines, runCli } from './cli-process.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
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

async function hygieneOf(body: string | Uint8Array, headers: readonly string[] = []) {
  await post(`${app.url}/hook`, body, headers)
  return app.client.deliveries.hygiene({ id: (await newestRow(app.client)).id })
}
const JSON_TYPE = ['Content-Type', 'application/json']
const leaking = JSON.stringify({ data: { items: [{ card: '4242 4242 4242 4242' }] } })
const finding = {
  code: 'card-number',
  path: '$.data.items[0].card',
  preview: '424242…4242',
  sentence: expect.stringContaining('Visa'),
}

describe('the payload of a stored delivery', () => {
  it('is looked at, and clean ones have nothing', async () => {
    expect(await hygieneOf(leaking, JSON_TYPE)).toEqual({
      findings: [finding],
      plainHttp: null,
      inspectedByteLength: leaking.length,
      truncated: false,
      problem: null,
    })
    expect((await hygieneOf('{"id":"evt_1"}', JSON_TYPE)).findings).toEqual([])
    expect(await hygieneOf('')).toMatchObject({ findings: [], problem: null })
  })

  it('is looked at once its content coding is undone, or says why not', async () => {
    const coded = ['Content-Encoding', 'gzip']
    const found = await hygieneOf(gzipSync(leaking), [...JSON_TYPE, ...coded])
    expect(found).toMatchObject({ findings: [finding], inspectedByteLength: leaking.length })
    const broken = await hygieneOf('not gzip', coded)
    expect(broken).toMatchObject({ findings: [], problem: expect.stringMatching(/\w/) })
  })

  it('is looked at up to 1 MiB, spooled bodies too', async () => {
    const large = `{"card":"4242424242424242","pad":"${'x'.repeat(2 * 1024 * 1024)}","password":"b"}`
    const found = await hygieneOf(large, JSON_TYPE)
    expect(found).toMatchObject({ truncated: true, inspectedByteLength: 1024 * 1024 })
    expect(found.findings.map(({ path }) => path)).toEqual(['$.card'])
  })

  it('that is not there is not found', async () => {
    await expect(app.client.deliveries.hygiene({ id: 999_999 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

async function send(secret: string, messageId: string): Promise<void> {
  await post(`${app.url}/svix`, '{}', svixHeaders(secret, '{}', { id: messageId }))
}

describe('the command line', () => {
  it('prints findings with show, and what secrets verified with endpoints show', async () => {
    const name = 'printed'
    const secrets = [{ name: 'live', text: whsec('printed') }]
    const made = { name, path: '/printed', schemeId: 'svix', secrets }
    await app.client.endpoints.create(made)
    const headers = [...JSON_TYPE, ...svixHeaders(whsec('printed'), leaking, { id: 'msg_cli' })]
    await post(`${app.url}/printed`, leaking, headers)
    const id = String((await newestRow(app.client)).id)
    const shown = await runCli(['show', id, '--data-dir', dataDir])
    expect(String(shown.stdout)).toContain('$.data.items[0].card  424242…4242')
    const [json] = jsonLines((await runCli(['show', id, '--json', '--data-dir', dataDir])).stdout)
    expect(json).toMatchObject({ hygiene: { findings: [finding], plainHttp: null } })

    const endpoint = await runCli(['endpoints', 'show', name, '--data-dir', dataDir])
    expect(String(endpoint.stdout)).toMatch(/live +verified 1 delivery in 7 days, last 20\d\d-/)
    const { stdout } = await runCli(['endpoints', 'show', name, '--json', '--data-dir', dataDir])
    const said = { name: 'live', verifiedCount: 1, sameAs: [] }
    expect(jsonLines(stdout)[0]).toMatchObject({ name, secrets: [said] })
    expect(String(stdout)).not.toContain(whsec('printed'))
    const { id: endpointId } = (await app.client.endpoints.list())[0] ?? {}
    await app.client.endpoints.remove({ id: endpointId ?? 0 })
  }, 30_000)
})

describe('rotation', () => {
  const OLD = whsec('the old one')
  const NEW = whsec('the new one')
  let id = 0
  let oldId = 0
  let newId = 0
  const usage = () => app.client.endpoints.secretUsage({ id })
  beforeAll(async () => {
    const secrets = [
      { name: 'old', text: OLD },
      { name: 'new', text: NEW },
    ]
    const made = { name: 'svix', path: '/svix', schemeId: 'svix', secrets }
    const endpoint = await app.client.endpoints.create(made)
    id = endpoint.id
    const ids = endpoint.secrets.map((secret) => secret.id)
    oldId = ids[0] ?? 0
    newId = ids[1] ?? 0
  })

  it('says how many each secret verified and when the last one came', async () => {
    expect(await usage()).toEqual([
      { secretId: oldId, verifiedCount: 0, lastVerifiedAtMs: null },
      { secretId: newId, verifiedCount: 0, lastVerifiedAtMs: null },
    ])
    await send(NEW, 'msg_1')
    await send(NEW, 'msg_2')
    await send(whsec('of somebody else'), 'msg_3')
    const [before, after] = await usage()
    expect(before).toMatchObject({ verifiedCount: 0, lastVerifiedAtMs: null })
    expect(after?.verifiedCount).toBe(2)
    expect(Date.now() - (after?.lastVerifiedAtMs ?? 0)).toBeLessThan(60_000)
  })

  it('counts anew once a secret was replaced, and after a restart', async () => {
    await app.client.secrets.replace({ id: newId, text: whsec('yet another one') })
    const judged = async () => (await app.client.status.get()).judging === null
    await until(judged, 'nothing is left to judge')
    expect((await usage()).map(({ verifiedCount }) => verifiedCount)).toEqual([0, 0])
    await app.client.secrets.replace({ id: newId, text: NEW })
    await until(judged, 'nothing is left to judge')
    await app.engine.close()
    app = await openEngine(dataDir)
    expect((await usage()).map(({ verifiedCount }) => verifiedCount)).toEqual([0, 2])
  })

  it('is of one endpoint, which has to be there', async () => {
    await expect(app.client.endpoints.secretUsage({ id: 4711 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('names other endpoints with the same secret, also those in the list', async () => {
    const twin = await app.client.endpoints.create({
      name: 'twin',
      path: '/twin',
      schemeId: 'svix',
      secrets: [{ text: NEW }, { text: whsec('its own') }],
    })
    expect(twin.secrets.map(({ sameAs }) => sameAs)).toEqual([['svix'], []])
    const same = async () => {
      const all = await app.client.endpoints.list()
      return all.map(({ name, secrets }) => [name, secrets.map(({ sameAs }) => sameAs)])
    }
    expect(await same()).toEqual([
      ['svix', [[], ['twin']]],
      ['twin', [['svix'], []]],
    ])
    const added = await app.client.secrets.add({ endpointId: id, text: whsec('its own') })
    expect(added.sameAs).toEqual(['twin'])
    await app.client.endpoints.remove({ id: twin.id })
    expect(await same()).toEqual([['svix', [[], [], []]]])
  })

  it('does not point out a public key, which a provider has for all', async () => {
    const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
    const text = Buffer.from(jwk.x ?? '', 'base64url').toString('hex')
    for (const name of ['one', 'two']) {
      const made = { name, path: `/${name}`, schemeId: 'discord', secrets: [{ text }] }
      const { secrets } = await app.client.endpoints.create(made)
      expect(secrets).toMatchObject([{ state: 'usable', problem: null, sameAs: [] }])
    }
  })
})
