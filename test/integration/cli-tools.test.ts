import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isBuilt, jsonLines, launcher, runCli, spawnCli } from './cli-process.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const code = (args: readonly string[]) =>
  runCli(['code', '--data-dir', path.join(folder, 'none'), ...args])

describe('code', () => {
  it('prints receiver code alone on standard output, or all of it as JSON', async () => {
    const printed = await code(['--scheme', 'stripe', '--target', 'flask'])
    expect(printed.code).toBe(0)
    expect(String(printed.stdout)).toMatch(/^import |\nimport /)
    expect(String(printed.stdout)).toContain('STRIPE_WEBHOOK_SECRETS')
    const asJson = await code(['--scheme', 'github', '--target', 'go', '--json'])
    expect(jsonLines(asJson.stdout)[0]).toMatchObject({
      scheme: 'github',
      target: 'go',
      language: 'go',
      code: expect.stringContaining('package main'),
    })
  }, 60_000)

  it('names what there is when it is asked for what there is not', async () => {
    const target = await code(['--scheme', 'stripe', '--target', 'cobol'])
    expect([target.code, target.stderr]).toEqual([2, expect.stringContaining('express')])
    expect((await code(['--scheme', 'nobody', '--target', 'go'])).code).toBe(2)
    expect((await code(['--scheme', 'stripe'])).code).toBe(2)
  }, 60_000)
})

describe('verify', () => {
  const payload = '{"id":"evt_1","type":"invoice.paid"}'
  const timestamp = 1_700_000_000
  const header = new Stripe('sk_test_unused').webhooks.generateTestHeaderString({
    payload,
    secret: 'whsec_test',
    timestamp,
  })
  const message = `POST /stripe HTTP/1.1\r\nHost: a\r\nStripe-Signature: ${header}\r\nContent-Length: ${payload.length}\r\n\r\n${payload}`
  const verify = (args: readonly string[], stdin: string = message) =>
    runCli(['verify', '-', '--scheme', 'stripe', '--secret-env', 'S', ...args], {
      stdin,
      env: { S: 'whsec_test', WRONG: 'whsec_wrong' },
    })

  it('exits 0 for valid, 1 for anything else, 2 for wrong use', async () => {
    expect((await verify(['--at', String(timestamp + 10)])).code).toBe(0)
    const stale = await verify(['--json'])
    expect(stale.code).toBe(1)
    expect(jsonLines(stale.stdout)[0]).toMatchObject({ verdict: 'stale' })
    const changed = await verify(['--at', String(timestamp)], message.replace('paid', 'void'))
    expect([changed.code, String(changed.stdout)]).toEqual([1, expect.stringContaining('invalid')])
    expect((await verify(['--at', 'noon'])).code).toBe(2)
    expect((await verify(['--setting', 'a=b'])).code).toBe(2)
    expect((await verify([], 'HTTP/1.1 200 OK\r\n\r\n')).code).toBe(2)
    expect((await runCli(['verify', '-', '--scheme', 'stripe'], { stdin: message })).code).toBe(2)
  }, 60_000)

  it('tells the shell the same, and keeps output and notes apart', async () => {
    const args = ['verify', '-', '--scheme', 'stripe', '--secret-env', 'S', '--at']
    const run = (at: number, options = { stdin: message, env: { S: 'whsec_test' } }) =>
      spawnCli([...args, String(at)], options)
    const [valid, stale] = [await run(timestamp), await run(timestamp + 1000)]
    expect([valid.code, String(valid.stdout)]).toEqual([0, expect.stringContaining('valid')])
    expect([stale.code, String(stale.stdout)]).toEqual([1, expect.stringContaining('stale')])
    const unset = await run(timestamp, { stdin: message, env: { S: '' } })
    expect(unset).toMatchObject({ code: 2, stdout: Buffer.alloc(0) })
    expect(unset.stderr).toContain('S')
  }, 60_000)

  it('reads a file and tries every secret', async () => {
    const file = path.join(folder, 'request.http')
    writeFileSync(file, message)
    const args = [
      'verify',
      file,
      '--scheme',
      'stripe',
      '--secret-env',
      'WRONG',
      '--secret-env',
      'S',
    ]
    const env = { S: 'whsec_test', WRONG: 'whsec_wrong' }
    const outcome = await runCli([...args, '--at', String(timestamp)], { env })
    expect([outcome.code, String(outcome.stdout)]).toEqual([0, expect.stringContaining('“S”')])
    const absent = await runCli(['verify', `${file}x`, ...args.slice(2)], { env })
    expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining('cannot be read')])
  }, 30_000)
})

describe('subscriber-hash', () => {
  it('computes and checks', async () => {
    const env = { KEY: 'key' }
    const args = ['subscriber-hash', 'The quick brown fox jumps over the lazy dog']
    const hash = 'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8'
    const printed = await runCli([...args, '--secret-env', 'KEY'], { env })
    expect([printed.code, String(printed.stdout)]).toEqual([0, `${hash}\n`])
    const right = await runCli([...args, '--secret-stdin', '--check', hash], { stdin: 'key\n' })
    expect(right.code).toBe(0)
    const wrong = await runCli([...args, '--secret-env', 'KEY', '--check', 'ab'], { env })
    expect(wrong.code).toBe(1)
    expect((await runCli(args)).code).toBe(2)
  }, 30_000)
})

describe('help and the launcher', () => {
  it.each([
    [],
    ['listen'],
    ['app'],
    ['endpoints'],
    ['endpoints', 'add'],
    ['endpoints', 'list'],
    ['endpoints', 'update'],
    ['endpoints', 'remove'],
    ['list'],
    ['show'],
    ['replay'],
    ['wait'],
    ['verify'],
    ['sign'],
    ['keys', 'make'],
    ['subscriber-hash'],
  ])(
    '%s %s has help',
    async (...command) => {
      const outcome = await runCli([...command, '--help'])
      expect([outcome.code, outcome.stderr]).toEqual([0, ''])
      expect(String(outcome.stdout)).toContain('Usage: countersign')
    },
    20_000,
  )

  it('exits 2 for a command that there is not', async () => {
    const outcome = await runCli(['lsiten'])
    expect([outcome.code, outcome.stderr]).toEqual([2, expect.stringContaining('listen')])
  }, 20_000)

  it.runIf(isBuilt)(
    'starts what was built and keeps its exit code',
    async () => {
      const run = promisify(execFile)
      const { stdout } = await run(process.execPath, [launcher, '--version'])
      expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
      await expect(run(process.execPath, [launcher, 'list', '--limit', 'x'])).rejects.toMatchObject(
        {
          code: 2,
        },
      )
    },
    20_000,
  )
})
