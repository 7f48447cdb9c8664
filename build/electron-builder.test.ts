import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Configuration } from 'electron-builder'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { configuration } from './electron-builder.ts'
import { releaseFacts } from './release-facts.ts'

const root = path.resolve(import.meta.dirname, '..')
/** electron-builder checks with its own library, which it does not hand on. */
const inBuilder = createRequire(
  createRequire(import.meta.url).resolve('electron-builder/package.json'),
)
const { validateConfiguration } = z
  .object({
    validateConfiguration: z.custom<(config: Configuration, log: object) => Promise<void>>(
      (value) => typeof value === 'function',
    ),
  })
  .parse(inBuilder('app-builder-lib/out/util/config/config.js'))
const silent = { isEnabled: false }
const released = configuration(
  null,
  releaseFacts({
    COUNTERSIGN_HOMEPAGE: 'https://example.com/countersign',
    COUNTERSIGN_FEED_URL: 'https://example.com/feed',
    COUNTERSIGN_FEED_PUBLIC_KEY: 'MCowBQYDK2VwAyEA',
  }),
)
const both = (...names: string[]) => names.map((target) => ({ target, arch: ['x64', 'arm64'] }))

describe('how the program is packed', () => {
  it('is what electron-builder understands', async () => {
    await validateConfiguration(released, silent)
    await validateConfiguration(configuration('/x', releaseFacts({})), silent)
    await expect(
      validateConfiguration(Object.assign({ nonsense: 1 }, released), silent),
    ).rejects.toThrow(/nonsense/)
  })

  it('makes what each system installs, for both processors', () => {
    expect(released.linux?.target).toEqual(both('AppImage', 'deb', 'rpm'))
    expect(released.mac?.target).toEqual(both('dmg', 'zip'))
    expect(released.win?.target).toEqual(both('nsis'))
  })

  it('hardens what runs on macOS, and asks for no more than it needs', () => {
    expect(released.mac).toMatchObject({ hardenedRuntime: true })
    const file = path.join(root, released.mac?.entitlements ?? '')
    const keys = [...readFileSync(file, 'utf8').matchAll(/<key>(.+)<\/key>/g)].map(([, key]) => key)
    expect(keys).toEqual(['com.apple.security.cs.allow-jit'])
  })

  it('has the icons that it names, in every size that is asked for', () => {
    for (const icon of [
      released.mac?.icon,
      released.win?.icon,
      'icons/16x16.png',
      'icons/512x512.png',
    ]) {
      expect(existsSync(path.join(root, 'build', String(icon)))).toBe(true)
    }
  })

  it('opens links and files of two kinds', () => {
    expect(released.protocols).toMatchObject([{ schemes: ['countersign'] }])
    expect(released.fileAssociations).toMatchObject([
      { ext: 'countersign', rank: 'Owner' },
      { ext: 'har', rank: 'Alternate' },
    ])
  })

  it('tells the program where newer ones are, or that it knows of none', () => {
    expect(released.publish).toEqual({ provider: 'generic', url: 'https://example.com/feed' })
    expect(released.extraMetadata).toMatchObject({ updates: { url: 'https://example.com/feed' } })
    const plain = configuration(null, releaseFacts({}))
    expect(plain.publish).toBeNull()
    expect(plain.extraMetadata).toEqual({})
  })

  it('lists what is packed for each platform alone, and never by leaving out alone', () => {
    expect(released).not.toHaveProperty('files')
    for (const { files } of [released.linux, released.mac, released.win].map(
      (each) => each ?? {},
    )) {
      expect(z.array(z.string()).parse(files)[0]).toBe('dist/**')
    }
  })

  it('keeps the name of an AppImage over versions, so that an update replaces the file', () => {
    expect(released.appImage?.artifactName).not.toContain('version')
  })
})

it('the deb package brings an AppArmor profile that permits its sandbox', () => {
  const templates = path.join(
    path.dirname(inBuilder.resolve('app-builder-lib/package.json')),
    'templates/linux',
  )
  const profile = readFileSync(path.join(templates, 'apparmor-profile.tpl'), 'utf8')
  expect(profile).toContain('"/opt/${sanitizedProductName}/${executable}" flags=(unconfined)')
  expect(profile).toMatch(/^\s*userns,$/m)
  const install = readFileSync(path.join(templates, 'after-install.tpl'), 'utf8')
  expect(install).toMatch(/apparmor_parser --replace/)
  // Nothing of ours takes its place.
  expect(released.deb).not.toHaveProperty('afterInstall')
  expect(released.deb).not.toHaveProperty('appArmorProfile')
})
