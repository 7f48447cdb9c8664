import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findScheme, schemes } from '#engine/signatures/catalogue.ts'
import { jsonLines, runCli } from './cli-process.ts'
import { openEngine } from './opened-engine.ts'

const mine = { ...findScheme('stripe'), id: 'my-stripe', name: 'My Stripe' }
let folder: string
let dataDir: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-cli-'))
  dataDir = path.join(folder, 'data')
  file = path.join(folder, 'mine.json')
  writeFileSync(file, JSON.stringify(mine))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sign = (...args: string[]) =>
  runCli(['sign', '--scheme', 'my-stripe', '--secret-env', 'S', '--body-file', '-', ...args], {
    stdin: '{}',
    env: { S: 'whsec_x', COUNTERSIGN_DATA_DIR: path.join(folder, 'elsewhere') },
  })
const run = (...args: string[]) => runCli(['schemes', ...args, '--data-dir', dataDir])

describe('without an engine and without a data directory', () => {
  it('lists and shows the catalogue', async () => {
    const listed = await run('list', '--json')
    expect(jsonLines(listed.stdout).map(({ id }) => id)).toEqual(schemes.map(({ id }) => id))
    const text = String((await run('list')).stdout)
    expect(text).toMatch(
      /^stripe +Stripe +HMAC-SHA256 +Stripe-Signature +run against .+ stripe \d/m,
    )
    const shown = String((await run('show', 'slack')).stdout)
    for (const said of ['Slack', 'v0:{timestamp}:{body}', 'https://', 'Tolerance', 'Handshakes']) {
      expect(shown).toContain(said)
    }
    const data = await run('show', 'stripe', '--json')
    expect(jsonLines(data.stdout)).toEqual([JSON.parse(JSON.stringify(findScheme('stripe')))])
    const unknown = await run('show', 'nobody')
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('“nobody”')])
  }, 60_000)

  it('validates a file: 0 and what it signs, or 1 and every problem with its path', async () => {
    const right = await run('validate', file)
    expect([right.code, String(right.stdout)]).toEqual([
      0,
      'My Stripe (my-stripe) can be used.\nIt signs: {timestamp}.{body}\n',
    ])
    const broken = { ...mine, id: 'stripe', content: '{bdy}' }
    const wrong = await runCli(['schemes', 'validate', '-'], { stdin: JSON.stringify(broken) })
    expect(wrong.code).toBe(1)
    expect(String(wrong.stdout)).toMatch(
      /^id: The catalogue .+\ncontent: There is no piece \{bdy\}/,
    )
    const asJson = await runCli(['schemes', 'validate', '-', '--json'], { stdin: '{}' })
    expect(jsonLines(asJson.stdout)[0]).toMatchObject({ valid: false, signs: null })
    expect((await runCli(['schemes', 'validate', '-'], { stdin: '{' })).code).toBe(2)
    expect((await run('validate', `${file}x`)).code).toBe(2)
  }, 60_000)
})

it('adds, shows and removes an own scheme, with and without an engine', async () => {
  expect(await run('add', file)).toMatchObject({ code: 0 })
  const listed = async () => String((await run('list')).stdout)
  expect(await listed()).toMatch(/^my-stripe .+ your own$/m)
  const data = await run('show', 'my-stripe', '--json')
  expect(jsonLines(data.stdout)).toEqual([JSON.parse(JSON.stringify(mine))])
  const signed = await sign('--data-dir', dataDir)
  expect([signed.code, String(signed.stdout)]).toEqual([0, expect.stringMatching(/t=\d+,v1=/)])
  expect(await sign()).toMatchObject({ code: 2, stderr: expect.stringContaining('“my-stripe”') })
  const app = await openEngine(dataDir)
  try {
    expect(await listed()).toMatch(/^my-stripe .+ your own$/m)
    await app.client.endpoints.create({ name: 'mine', path: '/mine', schemeId: 'my-stripe' })
    const refused = await run('remove', 'my-stripe')
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('“mine”')])
    const [endpoint] = await app.client.endpoints.list()
    await app.client.endpoints.remove({ id: endpoint?.id ?? 0 })
    expect(await run('remove', 'my-stripe')).toMatchObject({ code: 0 })
    expect(await listed()).not.toContain('my-stripe')
  } finally {
    await app.engine.close()
  }
  const refused = await runCli(['schemes', 'add', '-', '--data-dir', dataDir], { stdin: '{}' })
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('“Id” is missing')])
}, 90_000)
