import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noDesktopReason, runDesktop } from './desktop.ts'
import { findElectron } from './electron-binary.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'countersign-desktop-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A program that stands in for Electron: a few lines of shell. */
function program(name: string, script: string): string {
  const file = path.join(root, name)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}

const never = (): void => {
  throw new Error('fetched')
}

function run(file: string, stop: AbortSignal = new AbortController().signal) {
  const switches = ['--no-sandbox']
  return runDesktop({ file, root, switches, args: ['--port', '0'], env: process.env, stop })
}

function installer(script: string): string {
  const folder = path.join(root, 'node_modules', 'electron')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'install.js'), script)
  return folder
}

describe('noDesktopReason', () => {
  it.each([
    [{}, 'linux', false, true, 'there is no display'],
    [
      { DISPLAY: ':0' },
      'linux',
      true,
      true,
      'Electron does not run as root (--no-sandbox would allow it)',
    ],
    [{ DISPLAY: ':0' }, 'linux', true, false, null],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', false, true, null],
    [{}, 'darwin', false, true, null],
    [{}, 'win32', false, true, null],
  ] as const)('%o on %s, root %s, sandbox %s: %s', (env, platform, isRoot, sandbox, expected) => {
    const reason = noDesktopReason(env, platform, isRoot, sandbox)
    expect(reason).toBe(expected)
  })
})

describe.skipIf(process.platform === 'win32')('findElectron', () => {
  it('takes the folder of the override, or says that there is none', async () => {
    const file = program('electron', 'exit 0')
    expect(await findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: root }, never)).toEqual({ file })
    const absent = await findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }, never)
    expect(absent).toEqual({ reason: 'there is no Electron in /nowhere' })
  })

  it('lets the package fetch it once', async () => {
    expect(await findElectron(root, {}, never)).toEqual({ reason: 'Electron is not installed' })
    const folder = installer(`
      const fs = require('fs')
      fs.mkdirSync(__dirname + '/dist')
      fs.writeFileSync(__dirname + '/dist/electron', '')
      fs.writeFileSync(__dirname + '/path.txt', 'electron')`)
    let fetches = 0
    const expected = { file: path.join(folder, 'dist', 'electron') }
    expect(await findElectron(root, {}, () => (fetches += 1))).toEqual(expected)
    expect(await findElectron(root, {}, never)).toEqual(expected)
    expect(fetches).toBe(1)
  })

  it('ends a fetch that takes too long, and tells a failed one', async () => {
    installer('setInterval(() => {}, 1000)')
    const startedAt = performance.now()
    const slow = await findElectron(root, {}, () => undefined, 500)
    expect(slow).toEqual({ reason: 'Electron could not be fetched within 0.5 s' })
    expect(performance.now() - startedAt).toBeLessThan(5000)
    installer('process.exit(1)')
    const failed = await findElectron(root, {}, () => undefined)
    expect(failed).toEqual({ reason: 'Electron could not be fetched' })
  })
})

describe.skipIf(process.platform === 'win32')('runDesktop', () => {
  it('passes the folder and the arguments, and gives the exit code', async () => {
    const file = program('fine', `test "$*" = "--no-sandbox ${root} --port 0" || exit 9`)
    expect(await run(file)).toEqual({ exitCode: 0 })
  })

  it('says why when it fails at once', async () => {
    expect(await run(program('fails', 'exit 3'))).toEqual({
      reason: 'Electron ended at once (code 3)',
    })
    expect(await run(program('crashes', 'kill -SEGV $$'))).toEqual({
      reason: 'Electron ended at once (SIGSEGV)',
    })
    expect(await run(path.join(root, 'absent'))).toMatchObject({
      reason: expect.stringContaining('does not start'),
    })
  })

  it('ends with us', async () => {
    const stop = new AbortController()
    const outcome = run(program('stays', 'exec sleep 30'), stop.signal)
    setTimeout(() => stop.abort(), 200)
    expect(await outcome).toEqual({ exitCode: 0 })
  })
})
