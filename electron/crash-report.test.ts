import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Crash, reportsFolder, writeCrashReport } from './crash-report.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-reports-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const crash: Crash = {
  what: 'engine',
  reason: 'exit code 134',
  facts: ['Countersign 0.1.0', 'Electron 45'],
  lines: [{ at: '2026-01-01T00:00:00.000Z', level: 'warn', from: 'engine', event: 'started' }],
}

describe('the report of a crash', () => {
  it('lies in the data directory, for the owner only, and says what, when, where', () => {
    const file = writeCrashReport(dataDir, crash, new Date('2026-01-02T03:04:05.678Z'))
    expect(file).toBe(path.join(reportsFolder(dataDir), 'engine-2026-01-02T03-04-05-678Z.txt'))
    const text = readFileSync(file, 'utf8')
    for (const part of ['The engine stopped: exit code 134', 'Electron 45', '"event":"started"']) {
      expect(text).toContain(part)
    }
    if (process.platform === 'win32') return
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(reportsFolder(dataDir)).mode & 0o777).toBe(0o700)
  })

  it('keeps the newest twenty, of either kind, and files that are not its own', () => {
    for (let second = 0; second < 25; second += 1) {
      const what = second % 2 === 0 ? 'engine' : 'window'
      writeCrashReport(dataDir, { ...crash, what }, new Date(second * 1000))
    }
    writeFileSync(path.join(reportsFolder(dataDir), 'mine.txt'), '')
    writeCrashReport(dataDir, crash, new Date(60_000))
    const names = readdirSync(reportsFolder(dataDir))
    expect(names).toHaveLength(21)
    expect(names).toContain('mine.txt')
    expect(names.filter((name) => name.includes('00-00-05'))).toEqual([])
    expect(names).toContain('engine-1970-01-01T00-01-00-000Z.txt')
  })
})
