import { ORPCError } from '@orpc/client'
import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { LogLine } from '#contract/log.ts'
import type { Log } from '#engine/logs/log.ts'
import { readLog } from '#engine/logs/read-log.ts'
import type { Rooms } from './rooms.ts'

const DIAGNOSTIC_LINES = 100

/**
 * Every call that fails unexpectedly, and at `debug` every call: by its name alone, never with what
 * it was given or gave.
 */
export function logging(log: Log) {
  return implement(api).middleware(async ({ next, path }) => {
    const call = path.join('.')
    const startedAt = performance.now()
    try {
      const result = await next()
      log.debug('call', { call, tookMs: Math.round(performance.now() - startedAt) })
      return result
    } catch (error) {
      if (error instanceof ORPCError && error.status < 500) {
        log.debug('call-refused', { call, code: String(error.code) })
      } else log.error('call-failed', error, { call })
      throw error
    }
  })
}

export function logCalls({ log, status }: Rooms) {
  const os = implement(api).logs
  return {
    recent: os.recent.handler(({ input }) => ({
      folder: log.folder,
      level: log.level,
      lines: readLog(log.folder, input.limit, input.level),
    })),
    diagnostics: os.diagnostics.handler(() => {
      const { version, problems, secrets, listening } = status()
      const facts = [
        `Countersign ${version}, ${process.platform} ${process.arch}, Node ${process.versions.node}`,
        listening === null ? 'Not listening' : `Listening on ${listening.host}:${listening.port}`,
        `Secrets: ${secrets.state} (${secrets.slots.join(', ')})`,
        ...problems.map(({ code, sentence }) => `Problem ${code}: ${sentence}`),
      ]
      const lines = readLog(log.folder, DIAGNOSTIC_LINES, 'info').map(textOf)
      return { text: [...facts, '', ...lines, ''].join('\n') }
    }),
  }
}

function textOf(line: LogLine): string {
  return JSON.stringify(line)
}
