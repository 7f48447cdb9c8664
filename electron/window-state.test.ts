import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isReachable, readWindowState, writeWindowState, zoomed } from './window-state.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1080 }
const bounds = { x: 100, y: 100, width: 1280, height: 820 }

describe('isReachable', () => {
  it.each([
    ['on the only display', bounds, true],
    ['mostly off the right edge, but with enough to grip', { ...bounds, x: 1800 }, true],
    ['off the right edge', { ...bounds, x: 1900 }, false],
    ['on a display that is gone', { ...bounds, x: 2500 }, false],
    ['with its title bar above the top', { ...bounds, y: -200 }, false],
    ['below the bottom', { ...bounds, y: 1070 }, false],
  ])('%s', (_name, place, reachable) => {
    expect(isReachable(place, [screen])).toBe(reachable)
  })

  it('counts every display', () => {
    expect(isReachable({ ...bounds, x: 2500 }, [screen, { ...screen, x: 1920 }])).toBe(true)
  })
})

describe('readWindowState', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-window-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('reads what was written', () => {
    const file = join(folder, 'window.json')
    writeWindowState(file, { bounds, maximised: true, zoomLevel: 1.5 })
    expect(readWindowState(file)).toEqual({ bounds, maximised: true, zoomLevel: 1.5 })
  })

  it('takes the actual size where an earlier version kept none', () => {
    const file = join(folder, 'window.json')
    writeFileSync(file, JSON.stringify({ bounds, maximised: false }))
    expect(readWindowState(file)?.zoomLevel).toBe(0)
  })

  it.each(['', '{', '[]', '{"bounds":{"x":"0"}}', '{"bounds":{"x":0,"y":0,"width":1,"height":1}}'])(
    'is null for %j',
    (text) => {
      const file = join(folder, 'window.json')
      writeFileSync(file, text)
      expect(readWindowState(file)).toBeNull()
    },
  )

  it('is null when there is none', () => {
    expect(readWindowState(join(folder, 'absent.json'))).toBeNull()
  })
})

describe('zoomed', () => {
  it('goes in steps, ends at both ends, and back to the actual size', () => {
    expect(zoomed(0, 'in')).toBe(0.5)
    expect(zoomed(5, 'in')).toBe(5)
    expect(zoomed(-3, 'out')).toBe(-3)
    expect(zoomed(2.5, 'reset')).toBe(0)
  })
})
