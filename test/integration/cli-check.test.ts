import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CheckReport } from '#contract/check.ts'
import { serve, type Handler } from './check-rig.ts'
import { weakHandler } from './check-weak-handlers.ts'
import { runCli } from './cli-process.ts'

const secret = `whsec_${Buffer.from('a secret of the command line tests').toString('base64')}`
const env = { WEBHOOK_SECRET: secret }
const scheme = ['--scheme', 'standard-webhooks', '--secret-env', 'WEBHOOK_SECRET']
const quick = ['--only', 'accepts,rejects']

let folder = ''
let handler: Handler | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-check-'))
})
afterEach(async () => {
  await handler?.close()
  rmSync(folder, { recursive: true, force: true })
})

const check = (...args: string[]) => runCli(['check', ...args], { env })

describe('countersign check', () => {
  test('a handler that does everything right: exit 0', async () => {
    handler = await serve(weakHandler('none', [secret]))
    const { code, stdout, stderr } = await check('--to', handler.url, ...scheme, ...quick)
    expect(stderr).toBe('')
    const text = stdout.toString()
    expect(text).toContain('✓ passed           A body with one byte changed is refused')
    expect(text).toContain('– skipped          A delivery signed with the second secret')
    expect(text).toMatch(/All expectations hold: \d+ passed, \d+ skipped\.\n$/)
    expect(code).toBe(0)
  })

  test('a weak one: exit 1, what to do, and reports without the secret', async () => {
    handler = await serve(weakHandler('no-tolerance', [secret]))
    const html = join(folder, 'report.html')
    const junit = join(folder, 'report.xml')
    const files = ['--html', html, '--junit', junit]
    const { code, stdout } = await check('--to', handler.url, ...scheme, ...quick, ...files)
    expect(code).toBe(1)
    const text = stdout.toString()
    expect(text).toContain(
      '✕ failed           A timestamp that is too old is refused (rejects.too-old)',
    )
    expect(text).toContain('Fix:   Refuse when the signed timestamp is further from your clock')
    expect(text).toContain('Not all expectations hold: 3 failed')
    const page = readFileSync(html, 'utf8')
    expect(page).toContain('<h1>3 expectations fail</h1>')
    const xml = readFileSync(junit, 'utf8')
    expect(xml).toMatch(/<testsuite name="Endpoint check of [^"]+" tests="\d+" failures="3"/)
    for (const each of [text, page, xml]) expect(each).not.toContain(secret.slice(6))
  })

  test('--json is the report', async () => {
    handler = await serve(weakHandler('none', [secret]))
    const only = ['--only', 'rejects.too-old']
    const { code, stdout } = await check('--to', handler.url, ...scheme, ...only, '--json')
    expect(code).toBe(0)
    const report = CheckReport.parse(JSON.parse(stdout.toString()))
    expect(report).toMatchObject({ state: 'done', schemeName: 'Standard Webhooks', total: 2 })
    expect(report.results.map(({ id }) => id)).toEqual(['accepts.valid', 'rejects.too-old'])
  })

  test('nobody listens: exit 1 and why', async () => {
    const gone = await serve(() => ({ status: 200 }))
    await gone.close()
    const { code, stdout } = await check('--to', gone.url, ...scheme)
    expect(code).toBe(1)
    expect(stdout.toString()).toMatch(/Nothing listens at .* Start the handler/)
  })

  test('--list names the cases that apply', async () => {
    const { code, stdout } = await check('--list', '--scheme', 'github', '--only', 'rejects')
    expect(code).toBe(0)
    const ids = stdout
      .toString()
      .split('\n')
      .map((line) => line.split(' ')[0])
    expect(ids).toContain('rejects.tampered-byte')
    expect(ids).not.toContain('rejects.too-old')
    expect(ids).not.toContain('accepts.valid')
  })

  test.each([
    [['--to', 'http://example.test/hooks', ...scheme], 'is not this computer'],
    [['--to', 'http://localhost:1/', '--scheme', 'nobody'], 'There is no scheme “nobody”'],
    [['--to', 'http://localhost:1/', ...scheme, '--only', 'nothing'], 'no case or group “nothing”'],
    [scheme, 'Name the handler to check'],
    [['--to', 'http://localhost:1/', '--scheme', 'stripe'], 'Name the secret to sign with'],
    [['--to', 'ftp://localhost/', ...scheme], 'A URL begins with http'],
    [
      ['--to', 'http://localhost:1/', '--scheme', 'square', '--secret-env', 'WEBHOOK_SECRET'],
      'needs “Notification URL”',
    ],
  ])('wrong use is exit 2: %j', async (args, sentence) => {
    const { code, stderr } = await check(...args)
    expect(stderr).toContain(sentence)
    expect(code).toBe(2)
  })

  test('--allow-remote sends to what is not loopback by name', async () => {
    handler = await serve(weakHandler('none', [secret]))
    const elsewhere = handler.url.replace('127.0.0.1', '0.0.0.0')
    const only = ['--only', 'rejects.too-old']
    expect((await check('--to', elsewhere, ...scheme, ...only)).code).toBe(2)
    const allowed = await check('--to', elsewhere, ...scheme, ...only, '--allow-remote')
    expect(allowed.code).toBe(0)
  })
})
