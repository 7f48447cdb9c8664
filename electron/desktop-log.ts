import { createInterface } from 'node:readline'
import { type Log, openLog } from '#engine/logs/log.ts'
import { logsFolder } from '#engine/logs/rotating-file.ts'

/** The log of the desktop's main process, and of what its engine prints beside its own log. */
export interface DesktopLog extends Log {
  /** Takes over a stream of the engine, line by line; `also`: where someone may be watching. */
  follow(stream: NodeJS.ReadableStream, also: NodeJS.WritableStream | null): void
}

export function openDesktopLog(
  dataDir: string,
  logging: { level?: Log['level'] | undefined },
): DesktopLog {
  const log = openLog({
    folder: logsFolder(dataDir),
    from: 'desktop',
    level: logging.level,
    onFailure: (error) => {
      const why = error instanceof Error ? error.message : String(error)
      console.error(`The log of the app cannot be written: ${why}`)
    },
  })
  return {
    ...log,
    follow(stream, also) {
      const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
      lines.on('line', (line) => {
        log.warn('engine-printed', { line })
        also?.write(`${line}\n`)
      })
    },
  }
}
