import { existsSync, statSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure } from '#cli/failure.ts'
import type { LogLevel, LogLine } from '#contract/log.ts'
import { LOG_NAMES, readLog } from '#engine/logs/read-log.ts'
import { logFile, logsFolder } from '#engine/logs/rotating-file.ts'

export interface LogsOptions extends CommonOptions {
  follow?: boolean
  json?: boolean
  level: LogLevel
  limit: number
}

const LOOK_EVERY_MS = 250
/** What can be written between two looks; more is told of as a gap. */
const AT_ONCE = 5_000

/** `countersign logs`: the newest lines of the log; with `--follow` those to come, until stopped. */
export async function showLogs(context: Context, options: LogsOptions): Promise<void> {
  const { output } = context
  const folder = logsFolder(options.dataDir)
  if (!existsSync(folder)) {
    throw runtimeFailure(`There is no log in ${options.dataDir}: nothing ran on it yet.`)
  }
  const print = (line: LogLine) => (options.json ? output.json(line) : output.line(lineOf(line)))
  let known = readLog(folder, AT_ONCE, options.level)
  known.slice(-options.limit).forEach(print)
  if (!options.follow) return
  const stop = AbortSignal.any([context.stopSignal(), output.gone])
  let seenAs = stateOf(folder)
  while (!stop.aborted) {
    await setTimeout(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => undefined)
    const state = stateOf(folder)
    if (state === seenAs) continue
    seenAs = state
    const lines = readLog(folder, AT_ONCE, options.level)
    newIn(lines, known).forEach(print)
    known = lines
  }
}

/** Changes when a line is added. */
function stateOf(folder: string): string {
  return LOG_NAMES.map((name) => {
    const stat = statSync(logFile(folder, name), { throwIfNoEntry: false })
    return stat ? `${stat.ino} ${stat.size}` : ''
  }).join(' ')
}

/** Lines of two processes come in any order within a moment, and two may be alike. */
function newIn(lines: readonly LogLine[], known: readonly LogLine[]): LogLine[] {
  const left = new Map<string, number>()
  for (const line of known) {
    const key = JSON.stringify(line)
    left.set(key, (left.get(key) ?? 0) + 1)
  }
  return lines.filter((line) => {
    const key = JSON.stringify(line)
    const count = left.get(key) ?? 0
    if (count > 0) left.set(key, count - 1)
    return count === 0
  })
}

function lineOf({ at, level, from, event, ...facts }: LogLine): string {
  const rest = Object.entries(facts).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return `${name}=${/\s/.test(text) ? JSON.stringify(text) : text}`
  })
  const start = `${at}  ${level.padEnd(5)}  ${from === 'engine' ? '' : `${from}: `}${event}`
  return escapeTerminal([start, ...rest].join('  '))
}
