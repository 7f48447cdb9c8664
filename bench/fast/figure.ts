import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'

/** One line of the table: what was measured beside what, in the same run. */
export interface Figure {
  what: string
  /** As issue and docs/performance.md say it. */
  aim: string
  /** With its unit. */
  measured: string
  /** The reference, with its unit; `null`: the figure is not a comparison. */
  reference: string | null
  /** What the aim speaks of. */
  value: number | null
  /** `null`: there is no saying, for the reference is absent. */
  met: boolean | null
  note?: string
}

/** How much is measured. */
export interface Scale {
  quick: boolean
  /** Deliveries in a large store, and in one of middling size. */
  large: number
  middling: number
  /** Of one round of load, and how many rounds alternate. */
  seconds: number
  rounds: number
}

export const FULL: Scale = {
  quick: false,
  ...{ large: 1_000_000, middling: 100_000, seconds: 8, rounds: 3 },
}
export const QUICK: Scale = {
  quick: true,
  ...{ large: 4_000, middling: 1_000, seconds: 1, rounds: 1 },
}

export const atLeast = (value: number, aim: number) => value >= aim
export const atMost = (value: number, aim: number) => value <= aim

/** The table as Markdown, as docs/performance.md has it. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, aim, measured, reference, value, met, note }) => [
    what,
    aim,
    value === null ? '–' : String(Number(value.toPrecision(3))),
    met === null ? '–' : met ? 'met' : 'missed',
    measured,
    [reference ?? '', note ?? ''].filter((part) => part !== '').join('; '),
  ])
  const head = ['what', 'aim', 'value', '', 'measured', 'beside']
  const all = [head, head.map(() => '---'), ...rows]
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Writes the figures with what they were measured on; returns the file. */
export function writeResults(figures: readonly Figure[], scale: Scale): string {
  const folder = join(import.meta.dirname, '..', 'results')
  mkdirSync(folder, { recursive: true })
  const at = new Date().toISOString()
  const file = join(folder, `${at.replaceAll(':', '-')}.json`)
  const machine = {
    cores: os.cpus().length,
    processor: os.cpus()[0]?.model ?? '',
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    load: os.loadavg(),
  }
  const result = { at, commit: commit(), scale, machine, figures }
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  return file
}

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    // Measured in a copy without its history.
    return null
  }
}
