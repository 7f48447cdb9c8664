import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sandboxNotice } from './sandbox-notice.ts'

let proc: string
beforeEach(() => {
  proc = mkdtempSync(path.join(tmpdir(), 'countersign-proc-'))
})
afterEach(() => rmSync(proc, { recursive: true }))

function set(name: string, value: string): void {
  const file = path.join(proc, 'sys', name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${value}\n`)
}

const appImage = '/home/me/Apps/Countersign [new].AppImage'
const notice = (facts: object = {}) =>
  sandboxNotice({ hasNoSandbox: true, isRoot: false, appImage, proc, ...facts })

describe('the notice of a missing sandbox', () => {
  it('names Ubuntu’s restriction and how to permit this one file', () => {
    set('kernel/apparmor_restrict_unprivileged_userns', '1')
    const found = notice()
    expect(found?.sentence).toMatch(/AppArmor profile.*deb package/)
    expect(found?.fix).toContain(
      'profile countersign-appimage "/home/me/Apps/Countersign \\[new\\].AppImage"',
    )
    expect(found?.fix).toContain('  userns,')
  })

  it('names Debian’s switch, and a system without namespaces', () => {
    set('kernel/apparmor_restrict_unprivileged_userns', '0')
    set('kernel/unprivileged_userns_clone', '0')
    expect(notice()?.fix).toBe('sudo sysctl -w kernel.unprivileged_userns_clone=1')
    set('kernel/unprivileged_userns_clone', '1')
    set('user/max_user_namespaces', '0')
    expect(notice()).toMatchObject({ sentence: expect.stringContaining('max_user_'), fix: null })
    set('user/max_user_namespaces', '60000')
    expect(notice()?.sentence).toContain('unshare')
  })

  it('says nothing where there is a sandbox, to root, or outside an AppImage', () => {
    set('kernel/apparmor_restrict_unprivileged_userns', '1')
    expect(notice({ hasNoSandbox: false })).toBeNull()
    expect(notice({ isRoot: true })).toBeNull()
    expect(notice({ appImage: null })).toBeNull()
  })
})
