import { rmSync } from 'node:fs'
import { Webhook } from 'svix'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stripeHeaders, svixHeaders, whsec } from '#test/e2e/providers.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from './opened-engine.ts'

const OLD = whsec('the old one')
const NEW = whsec('the new one')
const FOREIGN = whsec('of somebody else')
const dataDir = temporaryDataDir()
let app: OpenedEngine
let id = 0
let secretIds: number[] = []
beforeAll(async () => {
  app = await openEngine(dataDir)
  const secrets = [
    { name: 'old', text: OLD },
    { name: 'new', text: NEW },
  ]
  const made = { name: 'svix', path: '/svix', schemeId: 'svix', secrets }
  const endpoint = await app.client.endpoints.create(made)
  id = endpoint.id
  secretIds = endpoint.secrets.map((secret) => secret.id)
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

let sent = 0
const signature = (secret: string, messageId: string) =>
  new Webhook(secret).sign(messageId, new Date(), '{}')

/** Sends `{}` signed with each secret in turn; `extra` entries stand before. */
async function send(secrets: readonly string[], extra: readonly string[] = []) {
  const messageId = `msg_${++sent}`
  const before = secrets.slice(0, -1).map((secret) => signature(secret, messageId))
  const options = { id: messageId, before: [...extra, ...before] }
  await post(`${app.url}/svix`, '{}', svixHeaders(secrets.at(-1) ?? '', '{}', options))
  return app.client.deliveries.explain({ id: (await newestRow(app.client)).id })
}
const judged = () =>
  until(async () => (await app.client.status.get()).judging === null, 'nothing is left to judge')
const endpointNow = async () => {
  const found = (await app.client.endpoints.list()).find((one) => one.id === id)
  if (!found) throw new Error('The endpoint is gone.')
  return found
}

describe('several secrets and several signatures', () => {
  it.each([
    [[OLD], [], 'old'],
    [[NEW], [], 'new'],
    [[FOREIGN, NEW], [], 'new'],
    [[OLD, FOREIGN], ['v1a,AAAA', 'v1,', 'v2,x', 'v1,not base64!'], 'old'],
    [[FOREIGN], ['v1a,AAAA'], null],
  ])('case %#', async (secrets, extra, name) => {
    const { verification, comparisons } = await send(secrets, extra)
    expect(verification.matchedSecretName).toBe(name)
    expect(verification.verdict).toBe(name === null ? 'invalid' : 'valid')
    const right = comparisons.filter(({ matches }) => matches)
    expect(right.map(({ secretName }) => secretName)).toEqual(name === null ? [] : [name])
    // Every signature of the known version against every secret.
    const compared = comparisons.filter(({ expected }) => expected !== null)
    expect(compared.length).toBeGreaterThanOrEqual(2 * secrets.length)
  })

  it('a header that comes twice counts as one with both', async () => {
    const headers = svixHeaders(FOREIGN, '{}', { id: 'msg_twice' })
    await post(`${app.url}/svix`, '{}', [...headers, 'Svix-Signature', signature(NEW, 'msg_twice')])
    const { rawHeaders } = await app.client.deliveries.get({ id: (await newestRow(app.client)).id })
    const names = rawHeaders.map(([name]) => name).filter((name) => /^svix-signature$/i.test(name))
    expect(names).toEqual(['svix-signature', 'Svix-Signature'])
  })

  it('Stripe’s header with two v1 while a secret is rolled', async () => {
    const secrets = [{ name: 'rolled', text: 'whsec_b' }]
    await app.client.endpoints.create({ name: 's', path: '/s', schemeId: 'stripe', secrets })
    const body = '{"id":"evt_1","type":"a"}'
    const [, , , one = ''] = stripeHeaders('whsec_a', body)
    const [, , , two = ''] = stripeHeaders('whsec_b', body)
    const header = `${one},${two.slice(two.indexOf('v1='))}`
    await post(`${app.url}/s`, body, ['Stripe-Signature', header])
    const row = await newestRow(app.client)
    expect(row.verdict).toBe('valid')
    const { verification } = await app.client.deliveries.get({ id: row.id })
    expect(verification.matchedSecretName).toBe('rolled')
  })
})

describe('changing secrets', () => {
  it('raises the revision by one each time and keeps name and place', async () => {
    const before = await endpointNow()
    const [first = 0] = secretIds
    const replaced = await app.client.secrets.replace({ id: first, text: FOREIGN })
    expect(replaced).toMatchObject({ id: first, name: 'old', state: 'usable', problem: null })
    expect((await endpointNow()).revision).toBe(before.revision + 1)
    await judged()
    const { verification } = await send([FOREIGN])
    expect(verification).toMatchObject({ verdict: 'valid', matchedSecretName: 'old' })
    await app.client.secrets.replace({ id: first, name: 'renamed', text: OLD })
    const after = await endpointNow()
    expect(after.revision).toBe(before.revision + 2)
    expect(after.secrets.map(({ name }) => name)).toEqual(['renamed', 'new'])
  })

  it('the last match falls back on another secret when the one that matched is removed', async () => {
    const { verification } = await send([OLD, NEW])
    expect(verification.matchedSecretName).not.toBeNull()
    const { id: deliveryId } = await newestRow(app.client)
    const matchedId = verification.matchedSecretId ?? 0
    await app.client.secrets.remove({ id: matchedId })
    await judged()
    const delivery = await app.client.deliveries.get({ id: deliveryId })
    expect(delivery).toMatchObject({ verdict: 'valid', verdictAtReceipt: 'valid' })
    expect(delivery.verification.matchedSecretId).not.toBe(matchedId)
    expect(delivery.verificationAtReceipt.matchedSecretId).toBe(matchedId)
  })

  it('unnamed ones never get a name that another has', async () => {
    const made = { name: 'unnamed', path: '/u', schemeId: 'github' }
    const endpoint = await app.client.endpoints.create({
      ...made,
      secrets: [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
    })
    expect(endpoint.secrets.map(({ name }) => name)).toEqual([
      'signing secret',
      'signing secret 2',
      'signing secret 3',
    ])
    await app.client.secrets.remove({ id: endpoint.secrets[1]?.id ?? 0 })
    const added = await app.client.secrets.add({ endpointId: endpoint.id, text: 'd' })
    expect(added.name).toBe('signing secret 2')
  })
})

describe('revealing', () => {
  it.each([
    'plain',
    ' blanks around ',
    'a line break at the end\n',
    '\r\n\ttabs and lines\r\n',
    'Grüße 🎉 \u{1F469}\u200D\u{1F4BB} e\u0301 \uFEFF',
    'a NUL \0 inside',
    '{"json":"\\u0000"}',
    'x'.repeat(65_536),
  ])('gives exactly what was stored: case %#', async (text) => {
    const added = await app.client.secrets.add({ endpointId: id, name: 'exact', text })
    expect(await app.client.secrets.reveal({ id: added.id })).toEqual({ text })
    expect(JSON.stringify(await endpointNow())).not.toContain(text)
    await app.client.secrets.remove({ id: added.id })
  })

  it('works for the same text after a restart, and not once it is removed', async () => {
    const text = 'Grüße\n'
    const added = await app.client.secrets.add({ endpointId: id, text })
    await app.engine.close()
    app = await openEngine(dataDir)
    expect(await app.client.secrets.reveal({ id: added.id })).toEqual({ text })
    await app.client.secrets.remove({ id: added.id })
    await expect(app.client.secrets.reveal({ id: added.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
