import type { Problem } from '#contract/status.ts'
import type { StoredDelivery } from '#engine/judging/intake.ts'
import type { Roster } from '#engine/judging/roster.ts'
import type { EngineOptions } from '#engine/options.ts'
import { type Log, openLog } from './log.ts'
import { logsFolder } from './rotating-file.ts'

/** The log of an engine; it also has what ends the process, up to the last moment. */
export function openEngineLog({ dataDir, version, logging }: EngineOptions): Log {
  const log = openLog({
    folder: logsFolder(dataDir),
    from: 'engine',
    level: logging?.level,
    bodies: logging?.bodies,
    onFailure: () => process.stderr.write('The log cannot be written.\n'),
  })
  const uncaught = (error: unknown, origin: string) => log.error('uncaught', error, { origin })
  process.on('uncaughtExceptionMonitor', uncaught)
  log.info('starting', {
    version,
    pid: process.pid,
    node: process.versions.node,
    system: `${process.platform} ${process.arch}`,
  })
  if (log.bodies) log.warn('bodies-are-logged')
  return {
    ...log,
    close() {
      process.off('uncaughtExceptionMonitor', uncaught)
      log.info('ended')
      log.close()
    },
  }
}

/** Every secret that is unsealed now must be in no line. */
export function guardSecrets(log: Log, roster: Pick<Roster, 'endpoints' | 'profileOf'>): void {
  log.guard(() =>
    roster.endpoints().flatMap(({ id }) => {
      const { secrets, settings } = roster.profileOf(id)
      return [...secrets.map(({ text }) => text), ...Object.values(settings)]
    }),
  )
}

/** Problems as they come and go. */
export function problemLog(log: Log): {
  reported(problem: Problem): void
  cleared(code: string): void
} {
  return {
    reported: ({ code, sentence }) => log.warn('problem', { code, sentence }),
    cleared: (code) => log.info('problem-over', { code }),
  }
}

/** So much of a body that somebody asked for. */
const LOGGED_BODY_BYTES = 64 * 1024

/** What was stored, when somebody asked for that much: paths without their query. */
export function logStored(log: Log, stored: readonly StoredDelivery[]): void {
  if (log.level !== 'debug') return
  for (const { committed, delivery } of stored) {
    const { method, target, endpointId, verification, answer, rawHeaders, body } = delivery
    const id = committed.id
    const path = target.split('?', 1)[0] ?? ''
    const status = answer?.status ?? null
    log.debug('delivery', { id, method, path, endpointId, verdict: verification.verdict, status })
    if (!log.bodies) continue
    const bytes = body.kind === 'memory' ? body.bytes.subarray(0, LOGGED_BODY_BYTES) : null
    log.unmasked('delivery-unmasked', {
      ...{ id, target },
      headers: rawHeaders.map(([name, value]) => `${name}: ${value}`).join('\n'),
      body: bytes && Buffer.from(bytes).toString('utf8'),
    })
  }
}
