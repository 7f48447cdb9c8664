import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Preferences } from './preferences.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-preferences-'))
  file = path.join(folder, 'preferences.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('begins with no updates, and with each system’s habit of closing', () => {
  expect(new Preferences(file, 'linux').get()).toEqual({
    updates: false,
    keepRunning: false,
    saidKeepsRunning: false,
  })
  expect(new Preferences(file, 'darwin').get().keepRunning).toBe(true)
})

it('keeps what was chosen, readable by the owner only', () => {
  new Preferences(file, 'darwin').set({ keepRunning: false, updates: true })
  expect(new Preferences(file, 'darwin').get()).toMatchObject({ keepRunning: false, updates: true })
})

it.skipIf(process.platform === 'win32')('lets nobody else read it', () => {
  new Preferences(file, 'linux').set({ updates: true })
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

it('keeps only what was chosen, so that a habit may change', () => {
  new Preferences(file, 'linux').set({ updates: true })
  expect(readFileSync(file, 'utf8')).not.toContain('keepRunning')
})

it.each(['', '{', '[]', '{"updates":"yes"}'])('allows nothing where the file says %j', (text) => {
  writeFileSync(file, text)
  expect(new Preferences(file, 'linux').get().updates).toBe(false)
})
