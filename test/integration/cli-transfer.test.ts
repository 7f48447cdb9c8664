import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from './cli-process.ts'
import { openEngine, post, temporaryDataDir, type OpenedEngine } from './opened-engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-transfer-'))
let from: OpenedEngine
beforeAll(async () => {
  from = await openEngine(temporaryDataDir())
  await from.client.endpoints.create({
    name: 'Stripe',
    path: '/stripe',
    schemeId: 'stripe',
    secrets: [{ name: 'live key', text: 'whsec_test_1' }],
  })
  await from.client.tools.sendTest({ endpointId: 1 })
  await post(`${from.url}/a`, '{"a":1}', [])
})
afterAll(() => from.engine.close())
const dataDir = () => ['--data-dir', from.engine.dataDir]

describe('countersign export and import', () => {
  it('carries deliveries into another data directory, once', async () => {
    const file = join(folder, 'all.ndjson')
    const written = await runCli(['export', '--query', '', '-o', file, '--json', ...dataDir()])
    expect(written).toMatchObject({ code: 0 })
    expect(JSON.parse(written.stdout.toString())).toMatchObject({ deliveries: 2, warnings: [] })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const other = ['--data-dir', temporaryDataDir()]
    const first = await runCli(['import', file, ...other])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout.toString()).toContain('2 added, 0 already here')
    const stdin = readFileSync(file)
    const second = await runCli(['import', '-', '--json', ...other], { stdin })
    expect(JSON.parse(second.stdout.toString())).toMatchObject({ added: 0, alreadyHere: 2 })
  })

  it('writes to standard output, and tells throwaway secrets beside it', async () => {
    const curl = await runCli(['export', '2', '--format', 'curl-bash', ...dataDir()])
    expect(curl.code).toBe(0)
    expect(curl.stdout.toString()).toContain('curl')
    const redacted = await runCli(['export', '1', '--redact-json', '$.id', ...dataDir()])
    expect(redacted.code).toBe(0)
    expect(redacted.stderr).toMatch(/Stripe \(stripe\) is signed with the throwaway secret whsec_/)
    const code = ['--format', 'code', '--target', 'python-requests']
    const python = await runCli(['export', '2', ...code, ...dataDir()])
    expect(python.stdout.toString()).toContain('requests')
  })

  it('says what is wrong with how it was called, and with a file', async () => {
    expect(await runCli(['export', ...dataDir()])).toMatchObject({ code: 2 })
    expect(await runCli(['export', '1', '--format', 'xml', ...dataDir()])).toMatchObject({
      code: 2,
    })
    expect(await runCli(['export', '1', '--format', 'code', ...dataDir()])).toMatchObject({
      code: 2,
    })
    const missing = await runCli(['import', join(folder, 'none.har'), ...dataDir()])
    expect(missing).toMatchObject({ code: 1 })
    const picture = join(folder, 'a.png')
    writeFileSync(picture, Buffer.from('\x89PNG\r\n'))
    const refused = await runCli(['import', picture, ...dataDir()])
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.stderr).toContain('none of the formats')
  })
})
