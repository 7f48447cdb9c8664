import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FoundUpdate, UpdateSource } from './update-source.ts'
import { Updates } from './updates.ts'
import type { UpdateWay } from './update-way.ts'

const itself: UpdateWay = { way: 'itself', sentence: null }
const found: FoundUpdate = { version: '9.0.0', notes: 'More.' }

let done: string[]
let offered: FoundUpdate | null
let quiet: boolean
let failing: 'check' | 'download' | 'install' | null
let updates: Updates

const attempt = (what: 'check' | 'download' | 'install') => {
  done.push(what)
  if (failing === what) throw new Error('It is broken.')
}

function open(way: UpdateWay): Updates {
  const source: UpdateSource = {
    async check() {
      attempt('check')
      return offered
    },
    async download(onPercent) {
      for (const percent of [0.2, 0.9, 50, 100]) onPercent(percent)
      attempt('download')
    },
    install: () => attempt('install'),
  }
  return new Updates({
    way,
    page: null,
    openSource: async () => source,
    isQuiet: () => quiet,
    beforeInstall: async () => void done.push('drain'),
    onInstallFailed: () => done.push('go on'),
    onChange: () => undefined,
    log: () => undefined,
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  done = []
  offered = found
  quiet = true
  failing = null
  updates = open(itself)
})
afterEach(() => {
  updates.stop()
  vi.useRealTimers()
})

const DAY_MS = 24 * 60 * 60_000
async function toReady(): Promise<void> {
  updates.allow(true)
  await updates.step('check')
  await updates.step('download')
}

describe('updates', () => {
  it('ask for nothing until the person allows it, whatever is pressed', async () => {
    for (const step of ['check', 'download', 'install'] as const) await updates.step(step)
    await vi.advanceTimersByTimeAsync(3 * DAY_MS)
    expect(done).toEqual([])
    expect(updates.state()).toMatchObject({ allowed: false, phase: 'idle' })
  })

  it('are looked for soon after that, and once a day', async () => {
    offered = null
    updates.allow(true)
    await vi.advanceTimersByTimeAsync(16_000)
    expect(updates.state()).toMatchObject({ phase: 'idle', sentence: 'There is nothing newer.' })
    await vi.advanceTimersByTimeAsync(2 * DAY_MS)
    expect(done).toEqual(['check', 'check', 'check'])
  })

  it('are not looked for any more once that is taken back', async () => {
    updates.allow(true)
    updates.allow(false)
    await vi.advanceTimersByTimeAsync(DAY_MS)
    expect(done).toEqual([])
  })

  it('are shown with their notes before anything is fetched', async () => {
    updates.allow(true)
    await updates.step('check')
    await vi.advanceTimersByTimeAsync(3 * DAY_MS)
    expect(updates.state()).toMatchObject({ phase: 'found', version: '9.0.0', notes: 'More.' })
    expect(done).not.toContain('download')
  })

  it('are fetched at the person’s word, and not installed by that', async () => {
    await toReady()
    expect(updates.state()).toMatchObject({ phase: 'ready', version: '9.0.0', notes: 'More.' })
    await vi.advanceTimersByTimeAsync(3 * DAY_MS)
    expect(done).toEqual(['check', 'download'])
  })

  it('are installed after what is under way has ended', async () => {
    await toReady()
    await updates.step('install')
    await vi.advanceTimersByTimeAsync(1)
    expect(done).toEqual(['check', 'download', 'drain', 'install'])
  })

  it('wait while deliveries arrive, and can be called off', async () => {
    await toReady()
    quiet = false
    await updates.step('install')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(updates.state()).toMatchObject({ phase: 'waiting' })
    expect(updates.state().sentence).toMatch(/Deliveries arrive/)
    await updates.step('later')
    quiet = true
    await vi.advanceTimersByTimeAsync(60_000)
    expect(updates.state()).toMatchObject({ phase: 'ready', sentence: null })
    expect(done).not.toContain('install')
    quiet = false
    await updates.step('install')
    quiet = true
    await vi.advanceTimersByTimeAsync(6_000)
    expect(done.slice(-2)).toEqual(['drain', 'install'])
  })

  it('leave the app running when they cannot be installed', async () => {
    failing = 'install'
    await toReady()
    await updates.step('install')
    await vi.advanceTimersByTimeAsync(1)
    expect(done.slice(-3)).toEqual(['drain', 'install', 'go on'])
    expect(updates.state()).toMatchObject({
      phase: 'failed',
      sentence: 'The new version could not be installed. It is broken.',
    })
  })

  it.each(['check', 'download'] as const)('say what failed at %s, and try again', async (what) => {
    failing = what
    updates.allow(true)
    await updates.step('check')
    await updates.step('download')
    expect(updates.state()).toMatchObject({ phase: 'failed', version: null })
    expect(updates.state().sentence).toMatch(/It is broken/)
    failing = null
    await updates.step('check')
    expect(updates.state().phase).toBe('found')
  })

  it('are only told of where a package manager installs them', async () => {
    updates = open({ way: 'by-hand', sentence: 'sudo apt install' })
    updates.allow(true)
    await updates.step('check')
    await updates.step('download')
    expect(updates.state()).toMatchObject({ phase: 'found', sentence: 'sudo apt install' })
    expect(done).toEqual(['check'])
  })

  it('are not even looked for by a copy that knows of none', async () => {
    updates = open({ way: 'none', sentence: 'Sources.' })
    updates.allow(true)
    await updates.step('check')
    await vi.advanceTimersByTimeAsync(DAY_MS)
    expect(done).toEqual([])
  })
})
