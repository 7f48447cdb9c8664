import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { execArgument, startAtLogin, type LoginOptions } from './start-at-login.ts'

let folder: string
let items: { openAtLogin: boolean; args?: string[] }[]
let options: LoginOptions
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-login-'))
  items = [{ openAtLogin: false }]
  options = {
    platform: 'linux',
    isPackaged: true,
    program: '/opt/Countersign/countersign',
    environment: { HOME: path.join(folder, 'home'), XDG_CONFIG_HOME: path.join(folder, 'config') },
    app: {
      getLoginItemSettings: () => ({ openAtLogin: items.at(-1)?.openAtLogin ?? false }),
      setLoginItemSettings: (settings) => items.push(settings),
    },
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('starting at login', () => {
  it('is off, and on Linux is a file of the person that goes away again', () => {
    const file = path.join(folder, 'config/autostart/countersign.desktop')
    const login = startAtLogin(options)
    expect(login.get()).toBe(false)
    login.set(true)
    expect(login.get()).toBe(true)
    expect(readFileSync(file, 'utf8')).toContain(
      'Exec="/opt/Countersign/countersign" --background\n',
    )
    login.set(false)
    expect(login.get()).toBe(false)
    expect(existsSync(file)).toBe(false)
  })

  it('keeps to the home directory where the environment names no folder for it', () => {
    const environment = { HOME: path.join(folder, 'home'), XDG_CONFIG_HOME: 'relative' }
    startAtLogin({ ...options, environment }).set(true)
    expect(existsSync(path.join(folder, 'home/.config/autostart/countersign.desktop'))).toBe(true)
  })

  it('asks macOS and Windows to do it, in the background where they take arguments', () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const login = startAtLogin({ ...options, platform })
      login.set(true)
      expect(login.get()).toBe(true)
      login.set(false)
    }
    expect(items.map(({ args }) => args)).toEqual([
      undefined,
      undefined,
      undefined,
      ['--background'],
      ['--background'],
    ])
  })

  it('cannot be asked of a copy that runs from its sources', () => {
    const login = startAtLogin({ ...options, isPackaged: false })
    login.set(true)
    expect(login.get()).toBeNull()
    expect(login.sentence).toMatch(/sources/)
    expect(existsSync(path.join(folder, 'config'))).toBe(false)
  })
})

it.each([
  ['/opt/My App/countersign', '"/opt/My App/countersign"'],
  ['/a/$HOME/`x`', '"/a/\\\\$HOME/\\\\`x\\\\`"'],
  ['/a/100%/"q"', '"/a/100%%/\\\\"q\\\\""'],
  ['/a\\b', '"/a\\\\\\\\b"'],
])('quotes %s for a desktop entry', (file, quoted) => {
  expect(execArgument(file)).toBe(quoted)
})
