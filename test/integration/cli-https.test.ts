import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { cliSource, runCli } from './cli-process.ts'
import { temporaryDataDir } from './opened-engine.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = temporaryDataDir()
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const cli = (...args: string[]) => runCli([...args, '--data-dir', dataDir])

/** Runs `listen --json` and reads its first line. */
async function listening(...args: string[]): Promise<{ url: string }> {
  const all = [
    cliSource,
    'listen',
    '--no-ui',
    '--json',
    '--port',
    '0',
    '--data-dir',
    dataDir,
    ...args,
  ]
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  })
  const [line] = await once(child.stdout, 'data')
  return JSON.parse(String(line).split('\n')[0] ?? '')
}

function statusOf(url: string, ca: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method: 'POST', ca, agent: false }, (response) =>
      response.resume().on('end', () => resolve(response.statusCode ?? 0)),
    )
    request.on('error', reject).end('x')
  })
}

test('ca make, show and trust: said, sealed, and nothing installed', async () => {
  const none = await cli('ca', 'show')
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('countersign ca make')])
  const made = await cli('ca', 'make', '--allow', 'hooks.example.com', '--json')
  expect(made.code).toBe(0)
  const authority = JSON.parse(made.stdout.toString())
  expect(authority).toMatchObject({ keyIsSealed: true })
  expect(authority.permitted).toContain('hooks.example.com')
  expect((await cli('ca', 'make')).stderr).toContain('--replace')
  const shown = (await cli('ca', 'show')).stdout.toString()
  expect(shown).toContain(authority.fingerprint256)
  expect((await cli('ca', 'show', '--pem')).stdout.toString().trim()).toBe(
    authority.certificate.trim(),
  )
  const trust = (await cli('ca', 'trust')).stdout.toString()
  for (const word of ['update-ca-certificates', 'add-trusted-cert', 'certutil', 'Firefox']) {
    expect(trust).toContain(word)
  }
  const node = (await cli('ca', 'trust', '--for', 'node')).stdout.toString()
  expect(node).toContain(`NODE_EXTRA_CA_CERTS=${authority.certificateFile}`)
  expect(node).not.toContain('certutil')
})

test('listen --https --host-name --path-token: one command, one URL', async () => {
  const { url } = await listening('--https', '--host-name', 'hooks.example.com', '--path-token')
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/[\w-]{24}$/)
  const ca = (await cli('ca', 'show', '--pem')).stdout.toString()
  expect(await statusOf(`${url}/a`, ca)).toBe(200)
  expect(await statusOf(`${new URL(url).origin}/a`, ca)).toBe(404)
  const rows = (await cli('list', '--json')).stdout.toString().trim().split('\n')
  expect(rows.map((row) => JSON.parse(row).path)).toEqual(['/a'])
  // Only for that run: the settings are as they were.
  const second = await runCli(['listen', '--port', '1', '--data-dir', dataDir])
  expect(second.code).toBe(1)
})

test('what does not fit together is a mistake in the command, said before anything begins', async () => {
  const file = join(dataDir, 'ca.pem')
  writeFileSync(file, 'no certificate')
  for (const [args, why] of [
    [['--host-name', 'a.test'], /needs --https/],
    [['--tls-cert', file], /go together/],
    [['--https', '--require-client-cert'], /needs --client-ca/],
    [['--client-ca', file], /needs HTTPS/],
  ] as const) {
    const { code, stderr } = await cli('listen', '--no-ui', '--port', '0', ...args)
    expect([code, stderr]).toEqual([2, expect.stringMatching(why)])
  }
  const broken = await cli('listen', '--no-ui', '--port', '0', '--https', '--client-ca', file)
  expect([broken.code, broken.stderr]).toEqual([
    1,
    expect.stringMatching(/no certificate in PEM form/),
  ])
})
