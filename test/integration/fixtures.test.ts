import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Fixture } from '#contract/fixture.ts'
import { jsonLines, runCli } from './cli-process.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
const SECRET = `whsec_${Buffer.from('a secret of the handler').toString('base64')}`
const BODY = '{"type":"order.made","data":{"email":"ann@example.org","total": 1.10}}'
let app: OpenedEngine
let signedId = 0
let forgedId = 0

/** A handler as people write it, with the provider's package; `answer` is what it says when it is right. */
let answer = { status: 200, body: '{"ok":true,"took":1}', type: 'application/json' }
let seen: http.IncomingHttpHeaders[] = []
const handler = http.createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    seen.push(request.headers)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    try {
      new Webhook(SECRET).verify(Buffer.concat(parts).toString(), headers)
      response.writeHead(answer.status, { 'Content-Type': answer.type }).end(answer.body)
    } catch (error) {
      response.writeHead(401).end(error instanceof Error ? error.message : '')
    }
  })
})
let to = ''
let dir = ''
let folder = 0

beforeAll(async () => {
  app = await openEngine(dataDir)
  await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve))
  const address = handler.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  to = `http://127.0.0.1:${address.port}/hooks`
  await app.client.endpoints.create({
    name: 'Orders',
    path: '/orders',
    schemeId: 'standard-webhooks',
    secrets: [{ text: SECRET }],
  })
  const send = async (signature: (id: string, at: Date) => string, id: string) => {
    // Too old to be taken as it is: only what is signed anew passes.
    const at = new Date(Date.now() - 3 * 3600_000)
    await post(`${app.url}/orders`, BODY, [
      ...['content-type', 'application/json', 'webhook-id', id],
      ...['webhook-timestamp', String(Math.floor(at.getTime() / 1000))],
      ...['webhook-signature', signature(id, at)],
    ])
    const [row] = (await app.client.deliveries.list({ limit: 1 })).rows
    return row?.id ?? 0
  }
  signedId = await send((id, at) => new Webhook(SECRET).sign(id, at, BODY), 'msg_signed')
  forgedId = await send((id, at) => new Webhook('whsec_AAAA').sign(id, at, BODY), 'msg_forged')
})
afterAll(async () => {
  await new Promise((resolve) => handler.close(resolve))
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => {
  dir = join(dataDir, `fixtures-${++folder}`)
  answer = { status: 200, body: '{"ok":true,"took":1}', type: 'application/json' }
  seen = []
})

const cli = (...args: string[]) =>
  runCli([...args, '--data-dir', dataDir], { env: { SECRET, CI: '1' } })
const test = (...args: string[]) => cli('test', dir, '--to', to, '--secret-env', 'SECRET', ...args)
const read = (name: string) =>
  Fixture.parse(JSON.parse(readFileSync(join(dir, `${name}.webhook.json`), 'utf8')))

describe('countersign fixtures save', () => {
  it('writes a file that reads well, by endpoint, event type and id', async () => {
    const saved = await cli('fixtures', 'save', String(signedId), String(forgedId), '--dir', dir)
    expect(saved.code).toBe(0)
    const name = `orders-order.made-${signedId}`
    expect(String(saved.stdout)).toContain(join(dir, `${name}.webhook.json`))
    const text = readFileSync(join(dir, `${name}.webhook.json`), 'utf8')
    expect(text).toMatch(/^\{\n {2}"countersignFixture": 1,\n {2}"description"/)
    expect(text).toContain('["webhook-id", "msg_signed"]')
    expect(text).not.toContain(SECRET)
    expect(read(name)).toMatchObject({
      request: { method: 'POST', target: '/orders', body: { text: BODY } },
      signing: { schemeId: 'standard-webhooks', timestamp: 'now', messageId: 'same' },
      accepted: null,
    })
    // What was forged goes out as it is.
    expect(read(`orders-order.made-${forgedId}`).signing).toBeNull()
  })

  it('makes names safe, keeps what was accepted, and replaces nothing that is no fixture', async () => {
    mkdirSync(dir)
    writeFileSync(join(dir, 'mine.webhook.json'), '{"a":1}')
    symlinkSync(join(dir, 'mine.webhook.json'), join(dir, 'link.webhook.json'))
    for (const name of ['mine', 'link']) {
      const refused = await cli('fixtures', 'save', String(signedId), '--dir', dir, '--name', name)
      expect(refused.code).toBe(1)
      expect(refused.stderr).toContain('is no fixture and was not replaced')
    }
    expect(readFileSync(join(dir, 'mine.webhook.json'), 'utf8')).toBe('{"a":1}')
    const name = '../../etc/a b'
    await cli('fixtures', 'save', String(signedId), '--dir', dir, '--name', name)
    expect(readdirSync(dir)).toContain('etc-a-b.webhook.json')
    rmSync(join(dir, 'mine.webhook.json'))
    rmSync(join(dir, 'link.webhook.json'))
    expect((await test('--update')).code).toBe(0)
    await cli('fixtures', 'save', String(signedId), '--dir', dir, '--name', name)
    expect(read('etc-a-b').accepted?.status).toBe(200)
    expect(readdirSync(dir)).toEqual(['etc-a-b.webhook.json'])
  })

  it('redacts, and tells the throwaway secret', async () => {
    const saved = await cli(
      ...['fixtures', 'save', String(signedId), '--dir', dir, '--name', 'shared'],
      ...['--redact', '$.data.email'],
    )
    const secret = /throwaway secret: (whsec_\S+)/.exec(saved.stderr)?.[1] ?? ''
    const { request } = read('shared')
    expect(request.body).toEqual({
      text: '{"type":"order.made","data":{"email":"redacted","total": 1.10}}',
    })
    const headers = Object.fromEntries(request.rawHeaders)
    const verified = () =>
      new Webhook(secret).verify(BODY.replace('ann@example.org', 'redacted'), headers)
    // It is right, but three hours old.
    expect(verified).toThrow(/too old/)
  })
})

describe('countersign test', () => {
  it('is new, then accepted, then compared', async () => {
    await cli('fixtures', 'save', String(signedId), String(forgedId), '--dir', dir)
    const first = await test()
    expect(first.code).toBe(1)
    expect(String(first.stdout)).toMatch(/NEW .*order.made.* 200[^]*NEW .* 401[^]*2 did not pass/)
    expect((await test('--update')).code).toBe(0)
    const junit = join(dir, 'results.xml')
    const passed = await test('--junit', junit)
    expect(passed.code).toBe(0)
    expect(String(passed.stdout)).toContain('2 fixtures passed.')
    expect(readFileSync(junit, 'utf8')).toMatch(
      /<testsuites name="countersign" tests="2" failures="0"/,
    )
    answer = { ...answer, status: 500 }
    const failed = await test('--json', '--junit', junit)
    expect(failed.code).toBe(1)
    expect(
      jsonLines(failed.stdout)
        .map(({ outcome }) => outcome)
        .sort((a, b) => String(a).localeCompare(String(b))),
    ).toEqual(['failed', 'passed'])
    expect(readFileSync(junit, 'utf8')).toContain('The status is 500; 200 was accepted.')
  })

  it('signs anew with now and the same message id', async () => {
    await cli('fixtures', 'save', String(signedId), '--dir', dir)
    await test('--update')
    expect(seen[0]?.['webhook-id']).toBe('msg_signed')
    expect(Math.abs(Number(seen[0]?.['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60)
    const byEndpoint = await cli('test', dir, '--to', to, '--endpoint', 'Orders')
    expect(byEndpoint.code).toBe(0)
    const without = await cli('test', dir, '--to', to)
    expect(without.code).toBe(1)
    expect(String(without.stdout)).toContain('There is no secret to sign')
  })

  it('compares the headers and JSON parts that somebody chose, and --update keeps the choice', async () => {
    await cli('fixtures', 'save', String(signedId), '--dir', dir, '--name', 'chosen')
    const file = join(dir, 'chosen.webhook.json')
    const choose = (accepted: Fixture['accepted']) =>
      writeFileSync(file, JSON.stringify({ ...read('chosen'), accepted }))
    choose({
      status: 200,
      headers: { 'content-TYPE': 'application/json' },
      json: { '$.ok': true, '$.list[*].id': [1, 2] },
      bodyText: null,
    })
    answer = { ...answer, body: '{"list":[{"id":1},{"id":2}],"ok":true,"took":7}' }
    expect((await test()).code).toBe(0)
    answer = { ...answer, body: '{"list":[{"id":1}],"ok":false}', type: 'text/plain' }
    const [result] = jsonLines((await test('--json')).stdout)
    expect(result?.['differences']).toEqual([
      'The header content-TYPE is “text/plain”; “application/json” was accepted.',
      '$.ok is false; true was accepted.',
      '$.list[*].id is [1]; [1,2] was accepted.',
    ])
    await test('--update')
    expect(read('chosen').accepted).toEqual({
      status: 200,
      headers: { 'content-TYPE': 'text/plain' },
      json: { '$.list[*].id': [1], '$.ok': false },
      bodyText: null,
    })
    choose({ status: 200, headers: {}, json: {}, bodyText: 'else' })
    const [body] = jsonLines((await test('--json')).stdout)
    expect(body?.['differences']).toEqual([
      'The body differs from what was accepted at character 1: “{"list":[{"id":1}],"ok":false}” instead of “else”.',
    ])
  })

  it('says what cannot be read or reached, and refuses other computers', async () => {
    expect((await test()).code).toBe(2)
    mkdirSync(dir)
    expect((await test()).code).toBe(2)
    writeFileSync(join(dir, 'broken.webhook.json'), '{')
    const broken = await test()
    expect(broken.code).toBe(1)
    expect(String(broken.stdout)).toMatch(/UNREADABLE broken\n +It is no JSON/)
    rmSync(join(dir, 'broken.webhook.json'))
    await cli('fixtures', 'save', String(forgedId), '--dir', dir)
    const away = await cli('test', dir, '--to', 'http://hooks.example.test/')
    expect(away.code).toBe(2)
    expect(away.stderr).toContain('--allow-remote')
    const nobody = await cli('test', dir, '--to', 'http://127.0.0.1:1/', '--update')
    expect(nobody.code).toBe(1)
    expect(read(`orders-order.made-${forgedId}`).accepted).toBeNull()
  })
})

it('never writes the token of a scheme that is a token', async () => {
  await app.client.endpoints.create({
    name: 'Git',
    path: '/git',
    schemeId: 'gitlab-token',
    secrets: [{ text: 'token-of-the-project' }],
  })
  await post(`${app.url}/git`, '{}', ['x-gitlab-token', 'token-of-the-project'])
  const [row] = (await app.client.deliveries.list({ limit: 1 })).rows
  const { files } = await app.client.fixtures.save({ deliveryIds: [row?.id ?? 0], dir })
  const text = readFileSync(files[0] ?? '', 'utf8')
  expect(text).not.toContain('token-of-the-project')
  expect(Fixture.parse(JSON.parse(text)).signing?.schemeId).toBe('gitlab-token')
})
