import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AppState, UpdateState } from '#contract/app-state.ts'
import { AppSettings } from './app-settings.ts'
import { Preferences } from './preferences.ts'

const updates: UpdateState = {
  allowed: false,
  way: 'itself',
  phase: 'idle',
  version: null,
  notes: null,
  percent: null,
  sentence: null,
  page: null,
}

let folder: string
let told: AppState[]
let problems: string[]
let allowed: boolean[]
let login: boolean
let settings: AppSettings
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-app-'))
  told = []
  problems = []
  allowed = []
  login = false
  settings = new AppSettings({
    preferences: new Preferences(path.join(folder, 'preferences.json'), 'linux'),
    login: { get: () => login, sentence: null, set: (on) => (login = on) },
    updates: {
      allow: (on) => allowed.push(on),
      state: () => ({ ...updates, allowed: allowed.at(-1) ?? false }),
      step: async () => undefined,
    },
    onChange: (state) => told.push(state),
    onProblem: (sentence) => problems.push(sentence),
  })
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

it('begins with everything off that does something by itself', () => {
  expect(settings.state()).toEqual({
    startAtLogin: false,
    startAtLoginSentence: null,
    keepRunning: false,
    updates,
  })
})

it('keeps what was chosen and tells the page', () => {
  settings.change({ keepRunning: true })
  settings.change({ startAtLogin: true })
  settings.change({ updates: true })
  expect(told.at(-1)).toMatchObject({ startAtLogin: true, keepRunning: true })
  expect(told.at(-1)?.updates.allowed).toBe(true)
  expect(new Preferences(path.join(folder, 'preferences.json'), 'linux').get()).toMatchObject({
    keepRunning: true,
    updates: true,
  })
})

it('says what cannot be kept, and then allows nothing', () => {
  rmSync(folder, { recursive: true })
  settings.change({ updates: true })
  expect(problems[0]).toMatch(/ENOENT/)
  expect(allowed).toEqual([])
  expect(told).toHaveLength(1)
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-app-'))
})
