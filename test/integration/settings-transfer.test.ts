import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError, safe } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEngine, type OpenedEngine, until } from './opened-engine.ts'

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
let folders: string[]
let engines: OpenedEngine[]
const open = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  folders.push(folder)
  const app = await openEngine(folder, { listen: { host: null, port: 0, portWasAskedFor: true } })
  engines.push(app)
  return app
}
beforeEach(() => {
  folders = []
  engines = []
})
afterEach(async () => {
  for (const { engine } of engines) await engine.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

async function ownScheme(app: OpenedEngine): Promise<unknown> {
  const { scheme } = await app.client.schemes.get({ id: 'github' })
  return { ...scheme, id: 'our-github', name: 'Our GitHub' }
}

async function setUp(app: OpenedEngine): Promise<void> {
  const { client } = app
  await client.schemes.save({ scheme: await ownScheme(app) })
  await client.endpoints.create({
    name: 'Mail',
    path: '/mail',
    schemeId: 'svix',
    tolerance: { pastSeconds: 60, futureSeconds: 60 },
    answerChallenges: false,
    secrets: [{ text: SECRET }],
    answering: { mode: 'canned', answers: [{ status: 503, body: '{{messageId}}' }] },
    forwarding: { targets: [{ url: 'http://localhost:3000/hooks' }], paused: true },
  })
  await client.endpoints.create({ name: 'Ours', path: '/ours/*', schemeId: 'our-github' })
  await client.savedFilters.create({ name: 'Failures', query: 'verdict:invalid' })
  await client.settings.setKeymap({ keymap: { 'go.all': ['a'] } })
  await client.settings.update({
    listener: { port: 4321, bodyLimitBytes: 2_000_000 },
    retention: { maxCount: 5000 },
    notifications: {
      enabled: true,
      rules: [{ name: 'Bad', query: 'verdict:invalid', enabled: true }],
    },
  })
}

async function refusal(call: Promise<unknown>): Promise<string> {
  const { error } = await safe(call)
  if (!(error instanceof ORPCError)) throw new Error('It was not refused.')
  expect(error.code).toBe('BAD_REQUEST')
  return error.message
}

describe('settings', () => {
  it('move to another machine whole, but for secrets, and tell what was done', async () => {
    const first = await open()
    await setUp(first)
    const exported = await first.client.settings.export()
    expect(exported.name).toMatch(/^countersign-settings-\d{4}-\d\d-\d\d\.json$/)
    expect(exported.json).not.toContain(SECRET)
    expect(exported.json).not.toContain(SECRET.slice(8, 30))

    const second = await open()
    const report = await second.client.settings.import({ json: exported.json })
    expect(report.done).toEqual([
      'Scheme “Our GitHub”: saved.',
      'Endpoint “Mail”: added.',
      'Endpoint “Ours”: added.',
      'Filter “Failures”: added.',
      'Shortcuts: the keys of one action set.',
      'Retention: set.',
      'Notifications: set.',
      'Listener: set.',
    ])
    expect(report.left).toEqual([
      'Endpoint “Mail”: secrets are not part of an export; add them.',
      'Endpoint “Ours”: secrets are not part of an export; add them.',
    ])
    const again = await second.client.settings.export()
    expect(JSON.parse(again.json)).toEqual(JSON.parse(exported.json))
  })

  it('replace what has the same name, and leave its secrets and what is in the way', async () => {
    const first = await open()
    await setUp(first)
    const { json } = await first.client.settings.export()
    const second = await open()
    const mail = await second.client.endpoints.create({
      name: 'Mail',
      path: '/old',
      schemeId: 'svix',
      secrets: [{ text: SECRET }],
    })
    await second.client.endpoints.create({ name: 'Other', path: '/ours/*', schemeId: null })
    const { done, left } = await second.client.settings.import({ json })
    expect(done).toContain('Endpoint “Mail”: replaced; its secrets stay.')
    expect(left).toEqual([
      'Endpoint “Ours”: left as it is. Another endpoint has that path. Choose a different one.',
    ])
    const endpoints = await second.client.endpoints.list()
    expect(endpoints.map(({ name, path }) => [name, path])).toEqual([
      ['Mail', '/mail'],
      ['Other', '/ours/*'],
    ])
    expect(endpoints[0]).toMatchObject({ id: mail.id, answerChallenges: false })
    const [secret] = endpoints[0]?.secrets ?? []
    expect((await second.client.secrets.reveal({ id: secret?.id ?? 0 })).text).toBe(SECRET)
  })

  it('do not send deliveries beyond this computer: such targets come in turned off', async () => {
    const app = await open()
    await setUp(app)
    const document = JSON.parse((await app.client.settings.export()).json)
    const [mail] = document.endpoints
    expect(mail.forwarding.targets[0].url).toBe('http://localhost:3000/hooks')
    mail.forwarding.targets.push({ url: 'https://elsewhere.example.com/' })
    mail.answering.answers[0].status = 500
    const { left } = await app.client.settings.import({ json: JSON.stringify(document) })
    expect(left).toEqual([
      'Endpoint “Mail”: forwarding to https://elsewhere.example.com/ is off; allow its host, then turn the target on.',
    ])
    const [endpoint] = await app.client.endpoints.list()
    expect(endpoint?.answering?.answers[0]).toMatchObject({ status: 500, body: '{{messageId}}' })
    expect(endpoint?.forwarding?.targets.map(({ enabled }) => enabled)).toEqual([true, false])
    mail.answering.answers[0].body = '{{nope}}'
    const wrong = await app.client.settings.import({ json: JSON.stringify(document) })
    expect(wrong.left[0]).toMatch(/^Endpoint “Mail”: left as it is\. Answer 1, body, character 3/)
  })

  it('keep the paths of certificates to the machine where they are', async () => {
    const app = await open()
    const { json } = await app.client.settings.export()
    const document = JSON.parse(json)
    const tls = { certificateFile: '/nowhere/cert.pem', keyFile: '/nowhere/key.pem' }
    document.settings.listener = { ...document.settings.listener, port: 4777, tls }
    const { done, left } = await app.client.settings.import({ json: JSON.stringify(document) })
    expect(done).toContain('Listener: set.')
    expect(left).toEqual([expect.stringMatching(/^HTTPS: left as it is\. .*\/nowhere\/cert\.pem/)])
    expect((await app.client.settings.get()).listener).toMatchObject({ port: 4777, tls: null })
  })

  it('that are hostile or damaged are refused whole, in words', async () => {
    const app = await open()
    await setUp(app)
    const { json } = await app.client.settings.export()
    const before = JSON.parse(json)
    const changed = (change: object) => JSON.stringify({ ...before, ...change })
    const cases: [string, RegExp][] = [
      ['', /not valid JSON/],
      ['{"format":', /not valid JSON/],
      ['[]', /no export of Countersign/],
      ['{"format":"har"}', /no export of Countersign/],
      [changed({ version: 2 }), /newer Countersign/],
      [json.replace('"keymap": {', '"keymap": { "__proto__": ["x"],'), /“__proto__”/],
      [changed({ endpoints: [{ constructor: { prototype: {} } }] }), /“constructor”/],
      ['['.repeat(2_000_000), /not valid JSON/],
      ['['.repeat(1_000_000) + ']'.repeat(1_000_000), /40 levels deep/],
      [changed({ endpoints: [{ ...before.endpoints[0], path: 'mail' }] }), /endpoints\.0\.path/],
      [changed({ endpoints: [before.endpoints[0], before.endpoints[0]] }), /named “Mail”/],
      [changed({ ownSchemes: [{ id: 'x' }] }), /^Own scheme 1: /],
      [changed({ settings: { ...before.settings, retention: null } }), /settings\.retention/],
    ]
    for (const [text, sentence] of cases) {
      const message = await refusal(app.client.settings.import({ json: text }))
      expect(message).toMatch(sentence)
      expect(message).toMatch(/Nothing was changed\.$/)
    }
    await refusal(app.client.settings.import({ json: ' '.repeat(5_000_001) }))
    expect(JSON.parse((await app.client.settings.export()).json)).toEqual(before)
  })
})

describe('a disk that is nearly full', () => {
  it('is told, and the line goes when there is room again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
    folders.push(folder)
    let freeBytes = 900_000_000
    const app = await openEngine(folder, {
      roomOnDisk: async () => ({ freeBytes, totalBytes: 500_000_000_000 }),
    })
    engines.push(app)
    await until(() => app.engine.status().problems.length > 0, 'it is told')
    expect(app.engine.status().problems).toMatchObject([
      { code: 'disk-nearly-full', sentence: expect.stringContaining('900 MB are free') },
    ])
    freeBytes = 90_000_000_000
    const body = 'x'.repeat(20_000_000)
    for (let n = 0; n < 5; n += 1) await fetch(app.url, { method: 'POST', body })
    await until(() => app.engine.status().problems.length === 0, 'the line is gone')
  })
})
