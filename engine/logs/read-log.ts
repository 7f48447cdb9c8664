import fs from 'node:fs'
import { isAtLeast, type LogLevel, LogLine } from '#contract/log.ts'
import { logFile, OLD_FILES } from './rotating-file.ts'

export const LOG_NAMES = ['engine', 'desktop'] as const

/** A line that a crash cut, or that is of another program, is no line. */
export function parseLogLine(text: string): LogLine | null {
  try {
    return LogLine.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** The newest lines of all processes in order of time, the oldest of them first. */
export function readLog(folder: string, limit: number, level: LogLevel = 'debug'): LogLine[] {
  const lines = LOG_NAMES.flatMap((name) => newestOf(folder, name, limit, level))
  return lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-limit)
}

/** Reads file by file, from the newest, and no more files than are needed. */
function newestOf(folder: string, name: string, limit: number, level: LogLevel): LogLine[] {
  let found: LogLine[] = []
  for (let age = 0; age <= OLD_FILES && found.length < limit; age++) {
    const lines = textOf(logFile(folder, name, age))
      .split('\n')
      .flatMap((text) => parseLogLine(text) ?? [])
      .filter((line) => isAtLeast(line, level))
    found = [...lines, ...found]
  }
  return found.slice(-limit)
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
