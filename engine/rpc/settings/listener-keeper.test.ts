import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Clocks, Gap } from '#engine/listener/gaps.ts'
import { EngineStartError } from '#engine/options.ts'
import { keepListening, span } from './listener-keeper.ts'

const HOUR = 3_600_000

/** A listener, clocks and interfaces that the test moves. */
function world() {
  const told = new Map<string, string>()
  const gaps: Gap[] = []
  const state = { isOpen: true, isReached: true, isHere: true, refused: '', opened: true }
  const done = { reopened: 0, back: 0, renewed: 0 }
  const now: Clocks = { wallMs: Date.UTC(2026, 5, 1, 9), monotonicMs: 0, uptimeMs: 50_000 }
  const standing = {
    get isOpen() {
      return state.isOpen
    },
    isReached: async () => state.isReached,
    reopen: async () => {
      if (state.refused !== '') throw new EngineStartError('port-taken', state.refused)
      done.reopened += 1
      Object.assign(state, { isOpen: true, isReached: true })
    },
  }
  const keeper = keepListening({
    standing: () => (state.opened ? standing : null),
    place: () => ({ host: '192.168.1.5', port: 4100, url: 'http://192.168.1.5:4100' }),
    openFirst: async () => (state.opened = state.refused === ''),
    renew: async () => void (done.renewed += 1),
    onBack: () => void (done.back += 1),
    onGap: (gap) => gaps.push(gap),
    problems: {
      list: () => [],
      report: (code, sentence) => void told.set(code, sentence),
      clear: (code) => void told.delete(code),
    },
    clocks: () => ({ ...now }),
    isHere: () => state.isHere,
    everyMs: 2_000_000,
  })
  stops.push(() => keeper.stop())
  const pass = async (passed: Partial<Clocks> = {}) => {
    now.wallMs += passed.wallMs ?? 2000
    now.monotonicMs += passed.monotonicMs ?? 2000
    now.uptimeMs += passed.uptimeMs ?? 2000
    await keeper.look()
  }
  return { told, gaps, state, done, pass }
}

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.useRealTimers()
})

describe('a listener that is watched', () => {
  it('is left alone while all is well', async () => {
    const { told, done, pass } = world()
    await pass()
    await pass()
    expect([told.size, done.reopened, done.back]).toEqual([0, 0, 0])
    expect(done.renewed).toBe(2)
  })

  it('is opened again when its port closed, and says so until then and for a while after', async () => {
    const { told, state, done, pass } = world()
    Object.assign(state, {
      isOpen: false,
      refused: 'Port 4100 is taken by another program (pid 7, nc).',
    })
    await pass()
    expect(told.get('listener-stopped')).toContain('(pid 7, nc)')
    await pass()
    expect(done.reopened).toBe(0)
    state.refused = ''
    await pass()
    expect([done.reopened, done.back]).toEqual([1, 1])
    expect([...told.keys()]).toEqual(['listener-back'])
    expect(told.get('listener-back')).toContain('http://192.168.1.5:4100')
  })

  it('waits for an address that went away, and then looks whether it is really reached', async () => {
    const { told, state, done, pass } = world()
    Object.assign(state, { isHere: false, isReached: false })
    await pass()
    expect(told.get('address-gone')).toContain('192.168.1.5 is gone')
    expect(done.reopened).toBe(0)
    state.isHere = true
    await pass()
    expect(done.reopened).toBe(1)
    expect([...told.keys()]).toEqual(['listener-back'])
  })

  it('after a sleep finds out that somebody else has its port now', async () => {
    const { told, gaps, state, done, pass } = world()
    state.isReached = false
    await pass({ wallMs: 2 * HOUR, uptimeMs: 2 * HOUR })
    // Its own looks were due every 2,000 s here, so that the timer never comes between.
    expect(gaps).toEqual([{ kind: 'stood', ms: 2 * HOUR - 2_000_000 }])
    expect(told.get('stood')).toMatch(/slept, or Countersign was stopped, for 1 h 26 min/)
    expect(done.reopened).toBe(1)
  })

  it('tells of a clock that was set, and does nothing else', async () => {
    const { told, gaps, done, pass } = world()
    await pass({ wallMs: 2000 - HOUR })
    expect(gaps).toEqual([{ kind: 'clock-set', ms: -HOUR }])
    expect(told.get('clock-set')).toContain('set back by 1 h')
    expect(done.reopened).toBe(0)
  })

  it('opens what could not be opened at the start, as soon as it can be', async () => {
    const { state, done, pass } = world()
    Object.assign(state, { opened: false, refused: 'not yet' })
    await pass()
    expect(done.back).toBe(0)
    state.refused = ''
    await pass()
    expect([state.opened, done.back]).toEqual([true, 1])
  })
})

it('says how long something was', () => {
  expect([
    span(400),
    span(59_000),
    span(252_000),
    span(120_000),
    span(HOUR),
    span(1.5 * HOUR),
  ]).toEqual(['0 s', '59 s', '4 min 12 s', '2 min', '1 h', '1 h 30 min'])
})
