import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCli, startListening } from '#test/integration/cli-process.ts'
import { exitCodes } from './exit-codes.ts'
import { type CommandFailure, runtimeFailure, usageFailure } from './failure.ts'

let folder: string
let file: (name: string) => string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-exit-'))
  file = (name) => path.join(folder, name)
  writeFileSync(file('request.http'), 'POST / HTTP/1.1\r\nHost: a\r\n\r\n{}')
  writeFileSync(file('scheme.json'), '{"id":"x"}')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const env = { SECRET: 'whsec_abc' }
const judge = ['--scheme', 'stripe', '--secret-env', 'SECRET']

/** What each code means, tried: docs/cli.md and the man page say no more than this. */
const tried: ReadonlyArray<readonly [code: number, what: string, args: readonly string[]]> = [
  [0, 'a command that did what was asked', ['schemes', 'show', 'stripe']],
  [0, 'help that was asked for', ['list', '--help']],
  [0, 'the version', ['--version']],
  [1, 'a verdict that is not valid', ['verify', 'FOLDER/request.http', ...judge]],
  [1, 'a diagnosis of one', ['diagnose', 'FOLDER/request.http', ...judge]],
  [1, 'a scheme with problems', ['schemes', 'validate', 'FOLDER/scheme.json']],
  [1, 'nothing within the time', ['wait', '--timeout', '0.2', '--data-dir', 'FOLDER/data']],
  [1, 'a hash that is another', ['subscriber-hash', 'a', '--check', 'b', '--secret-env', 'SECRET']],
  [1, 'a log that is not there', ['logs', '--data-dir', 'FOLDER/none']],
  [2, 'an unknown command', ['lsiten']],
  [2, 'an unknown option', ['list', '--colour']],
  [2, 'a value that is none', ['list', '--limit', 'x']],
  [2, 'an option that is missing', ['verify', 'FOLDER/request.http']],
  [2, 'no command', []],
  [2, 'a file that is not there', ['verify', 'FOLDER/none', ...judge]],
  [
    2,
    'a secret that is not set',
    ['verify', 'FOLDER/request.http', '--scheme', 'stripe', '--secret-env', 'UNSET_X'],
  ],
  [2, 'a scheme that is unknown', ['schemes', 'show', 'nobody']],
]

describe('exit codes', () => {
  it.each(tried)('%i: %s', async (code, _what, args) => {
    const ran = await runCli(
      args.map((arg) => arg.replace('FOLDER', folder)),
      { env },
    )
    expect([ran.code, ran.stderr === '']).toEqual([code, code === 2 ? false : ran.stderr === ''])
  })

  it('130: a second Ctrl-C while a request is still on its way', async () => {
    const listening = await startListening(file('forced'))
    const socket = connect(Number(new URL(listening.url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write('POST /late HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab')
    await vi.waitFor(() => expect(socket.bytesWritten).toBeGreaterThan(0))
    listening.child.kill('SIGINT')
    // A terminal and the launcher may both deliver one Ctrl-C: it counts anew after a second.
    await new Promise((resolve) => setTimeout(resolve, 1300))
    expect(await listening.stop('SIGINT')).toBe(130)
    socket.destroy()
  }, 20_000)

  it('are documented, all of them, and no others are given', () => {
    const documented = exitCodes.map(({ code }) => code)
    expect(documented).toEqual([0, 1, 2, 130])
    expect([...new Set(tried.map(([code]) => code))]).toEqual(documented.slice(0, 3))
    const given = [usageFailure(''), runtimeFailure('')].map(
      ({ exitCode }: CommandFailure) => exitCode,
    )
    expect(given).toEqual([2, 1])
  })
})
