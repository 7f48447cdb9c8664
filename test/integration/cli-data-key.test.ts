/** `countersign data-key` and `logs`: passphrases from files, standard input and a terminal. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readHidden, type Terminal } from '#cli/passphrase.ts'
import type * as passphrase from '#engine/secrets/passphrase.ts'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { runCli, startListening } from './cli-process.ts'
import { post, temporaryDataDir, until } from './opened-engine.ts'

/** The least that is accepted: deriving at the usual cost takes half a second each time. */
vi.mock('#engine/secrets/passphrase.ts', async (original) => {
  const real = await original<typeof passphrase>()
  return {
    ...real,
    newPassphraseParameters: () => ({ ...real.newPassphraseParameters(), N: 2 ** 14 }),
  }
})

const PASSPHRASE = 'a passphrase of the CLI'
const OTHER = 'the one after it'
const SECRET = whsec('cli data key')

let dataDir: string
let files: string
beforeEach(() => {
  dataDir = temporaryDataDir()
  files = mkdtempSync(join(tmpdir(), 'countersign-files-'))
})
afterEach(() => {
  for (const folder of [dataDir, files]) rmSync(folder, { recursive: true, force: true })
})

const file = (text: string, mode = 0o600) => {
  const path = join(files, `${Math.random()}`)
  writeFileSync(path, text, { mode })
  return path
}
const dataKey = (args: readonly string[], stdin?: string) =>
  runCli(['data-key', ...args, '--data-dir', dataDir], stdin === undefined ? {} : { stdin })

it('adds, changes, proves and removes; a passphrase is never among the arguments', async () => {
  const listed = await dataKey(['list'])
  expect(String(listed.stdout)).toContain('Key file, opens here')
  expect(String(listed.stdout)).toContain('whoever copies the whole folder')
  const nowhere = await dataKey(['add', 'passphrase'])
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('no terminal')])
  const open = file(`${PASSPHRASE}\n`, 0o644)
  const added = await dataKey(['add', 'passphrase', '--passphrase-file', open])
  expect([added.code, added.stderr]).toEqual([0, expect.stringContaining('chmod 600')])
  const wrong = await dataKey(['remove', 'key-file', '--passphrase-stdin'], `${OTHER}\n`)
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('not the one')])
  const removed = await dataKey(['remove', 'key-file', '--passphrase-stdin'], `${PASSPHRASE}\n`)
  expect([removed.code, removed.stderr]).toEqual([0, 'Key file removed.\n'])
  const last = await dataKey(['remove', 'passphrase', '--passphrase-stdin'], `${PASSPHRASE}\n`)
  expect([last.code, last.stderr]).toEqual([1, expect.stringContaining('last slot')])
  const lines = `${PASSPHRASE}\n${OTHER}\n`
  const changed = await dataKey(['change-passphrase', '--passphrase-stdin'], lines)
  expect([changed.code, changed.stderr]).toEqual([0, expect.stringContaining('is changed')])
  const rotated = await dataKey(['rotate', '--json', '--passphrase-stdin'], `${OTHER}\n`)
  expect(JSON.parse(String(rotated.stdout))).toEqual({ resealed: 0, left: 0, erased: true })
  const anew = await dataKey(['begin-anew'])
  expect([anew.code, anew.stderr]).toEqual([2, expect.stringContaining('--yes')])
}, 120_000)

it('listen captures locked, and is unlocked by a file or by a command; its log says what happened', async () => {
  const passphraseFile = file(PASSPHRASE)
  await runCli(
    [
      'endpoints',
      'add',
      's',
      '--path',
      '/s',
      '--scheme',
      'svix',
      '--secret-stdin',
      '--data-dir',
      dataDir,
    ],
    { stdin: SECRET },
  )
  await dataKey(['add', 'passphrase', '--passphrase-file', passphraseFile])
  await dataKey(['remove', 'key-file', '--passphrase-file', passphraseFile])
  const options = ['--port', '0', '--no-ui']
  const first = await startListening(dataDir, [...options, '--passphrase-file', file(OTHER)])
  try {
    await post(`${first.url}/s`, 'x', svixHeaders(SECRET, 'x'))
    expect(await first.deliveries(1)).toMatchObject([{ verdict: 'locked' }])
    await until(() => first.stderr().includes('opens nothing here'), 'the passphrase is tried')
    const unlocked = await dataKey(['unlock', '--passphrase-file', passphraseFile])
    expect([unlocked.code, unlocked.stderr]).toEqual([0, ''])
    await post(`${first.url}/s?token=hidden`, 'y', svixHeaders(SECRET, 'y'))
    expect((await first.deliveries(2))[1]).toMatchObject({ verdict: 'valid' })
  } finally {
    await first.stop()
  }
  const second = await startListening(dataDir, [
    ...[...options, '--passphrase-file', passphraseFile],
    ...['--log-level', 'debug'],
  ])
  try {
    await post(`${second.url}/s?token=hidden`, 'z', svixHeaders(SECRET, 'z'))
    expect(await second.deliveries(1)).toMatchObject([{ verdict: 'valid' }])
  } finally {
    await second.stop()
  }
  const logs = await runCli(['logs', '--json', '--level', 'debug', '--data-dir', dataDir])
  const events = String(logs.stdout)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events.filter(({ event }) => event === 'starting').length).toBeGreaterThanOrEqual(2)
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'delivery', method: 'POST', path: '/s', verdict: 'valid' }),
  )
  expect(events.at(-1)).toMatchObject({ event: 'ended', from: 'engine', level: 'info' })
  const text = readFileSync(join(dataDir, 'logs', 'engine.log'), 'utf8')
  for (const hidden of [SECRET, PASSPHRASE, OTHER, 'token=hidden', 'v1,']) {
    expect(text).not.toContain(hidden)
  }
  const people = await runCli(['logs', '--limit', '1', '--data-dir', dataDir])
  expect(String(people.stdout)).toMatch(/^\S+Z {2}info {3}ended\n$/)
}, 120_000)

it('reads a typed passphrase without showing it', async () => {
  const raw: boolean[] = []
  const terminal = (keys: string): Terminal => {
    const stdin = new PassThrough()
    stdin.write(keys)
    return Object.assign(stdin, { isTTY: true as const, setRawMode: (on: boolean) => raw.push(on) })
  }
  expect(await readHidden(terminal('aß\u007fbc\r'))).toBe('abc')
  expect(await readHidden(terminal('wrong\u0015right\n'))).toBe('right')
  expect(await readHidden(terminal('abc\u0003'))).toBeNull()
  expect(raw).toEqual([true, false, true, false, true, false])
})
