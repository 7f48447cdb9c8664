import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LogLine } from '#contract/log.ts'

/** Older ones go: what nobody asked about after so many more is of no use. */
const MOST_REPORTS = 20
const NAME = /^(?:window|engine)-[\dTZ-]+\.txt$/

export interface Crash {
  what: 'window' | 'engine'
  /** As the OS or Chromium tell it, such as `crashed` or `exit code 134`. */
  reason: string
  /** Of the app, of what it runs on, and of the system. */
  facts: readonly string[]
  /** The newest of the log, in which no bodies and no secrets are. */
  lines: readonly LogLine[]
}

/** Where reports lie: inside the data directory, and nowhere else. */
export function reportsFolder(dataDir: string): string {
  return join(dataDir, 'reports')
}

/**
 * Writes what is known of a crash to a file of this machine; nothing is sent anywhere. There is no
 * memory in it, in which secrets and bodies would be.
 *
 * @returns the file, absolute
 */
export function writeCrashReport(dataDir: string, crash: Crash, now = new Date()): string {
  const folder = reportsFolder(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${crash.what}-${now.toISOString().replace(/[:.]/g, '-')}.txt`)
  writeFileSync(file, textOf(crash, now), { mode: 0o600 })
  const old = readdirSync(folder).filter((name) => NAME.test(name))
  old.sort((a, b) => (moment(a) < moment(b) ? 1 : -1))
  for (const name of old.slice(MOST_REPORTS)) rmSync(join(folder, name), { force: true })
  return file
}

function moment(name: string): string {
  return name.slice(name.indexOf('-') + 1)
}

function textOf({ what, reason, facts, lines }: Crash, now: Date): string {
  const title = what === 'window' ? 'The page of the window stopped' : 'The engine stopped'
  return [
    `${title}: ${reason}`,
    now.toISOString(),
    ...facts,
    '',
    'The newest lines of the log:',
    ...lines.map((line) => JSON.stringify(line)),
    '',
  ].join('\n')
}
