import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EngineStartError } from '#engine/options.ts'
import {
  controlPipePath,
  defaultDataDir,
  ensurePrivateFolder,
  freshSocketPath,
  prepareDataDir,
} from './data-dir.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('defaultDataDir', () => {
  it.each([
    [{ HOME: '/home/a' }, 'linux', '/home/a/.local/share/countersign'],
    [{ HOME: '/home/a', XDG_DATA_HOME: '/data' }, 'linux', '/data/countersign'],
    [
      { HOME: '/home/a', XDG_DATA_HOME: 'not/absolute' },
      'linux',
      '/home/a/.local/share/countersign',
    ],
    [{ HOME: '/Users/a' }, 'darwin', '/Users/a/Library/Application Support/Countersign'],
    [{ LOCALAPPDATA: 'C:\\Local' }, 'win32', 'C:\\Local\\Countersign'],
    [{ HOME: '/home/a', COUNTERSIGN_DATA_DIR: '/elsewhere' }, 'linux', '/elsewhere'],
  ] as const)('%o on %s is %s', (env, platform, expected) => {
    expect(defaultDataDir(env, platform)).toBe(expected)
  })
})

describe('the folder of the control socket', () => {
  it('takes XDG_RUNTIME_DIR, else a folder of the user, and always a short path', () => {
    expect(freshSocketPath(folder, { XDG_RUNTIME_DIR: folder })).toMatch(
      new RegExp(`^${folder}/countersign/[0-9a-f]{16}-[0-9a-f]{8}\\.sock$`),
    )
    expect(freshSocketPath(folder, {}, folder)).toContain(`${folder}/countersign-`)
    const long = path.join(folder, 'x'.repeat(90))
    mkdirSync(long)
    expect(freshSocketPath(folder, { XDG_RUNTIME_DIR: long }, long).length).toBeLessThan(104)
  })

  it('refuses a folder that others can enter, a link, and a file', () => {
    const open = path.join(folder, 'open')
    mkdirSync(open)
    chmodSync(open, 0o755)
    expect(() => ensurePrivateFolder(open)).toThrow(/other users can enter it/)
    symlinkSync(open, path.join(folder, 'link'))
    expect(() => ensurePrivateFolder(path.join(folder, 'link'))).toThrow(/not a folder/)
    writeFileSync(path.join(folder, 'file'), '')
    expect(() => ensurePrivateFolder(path.join(folder, 'file'))).toThrow(EngineStartError)
  })

  it('gives each data directory its own pipe name', () => {
    const other = path.join(folder, 'other')
    mkdirSync(other)
    expect(controlPipePath(folder)).toMatch(/^\\\\\.\\pipe\\countersign-[0-9a-f]{16}$/)
    expect(controlPipePath(folder)).not.toBe(controlPipePath(other))
  })
})

describe('prepareDataDir', () => {
  it('says what to do when the directory cannot be made', () => {
    writeFileSync(path.join(folder, 'file'), '')
    expect(() => prepareDataDir(path.join(folder, 'file', 'data'))).toThrow(/--data-dir/)
  })
})
