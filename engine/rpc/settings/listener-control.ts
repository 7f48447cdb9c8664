import type { ListenerSettings, ListenerTls } from '#contract/settings.ts'
import type { Status } from '#contract/status.ts'
import { type Credentials, readCredentials } from '#engine/listener/credentials.ts'
import type { ListenAt, Listener } from '#engine/listener/listen.ts'
import { EngineStartError, type ListenOptions } from '#engine/options.ts'
import type { Problems } from '#engine/rpc/problems.ts'

/** The listener as the settings, and the command line of this start, want it. */
export interface ListenerControl {
  /** Where senders post to; `null`: nothing listens. */
  status(): Status['listening']
  readonly given: Status['given']
  /**
   * Starts listening. What the command line asked for and cannot be is an EngineStartError; what
   * the settings say and cannot be is a problem, so that the person can change them in the app.
   */
  open(settings: ListenerSettings): Promise<void>
  /**
   * Brings the listener to where the settings want it now; `anew`: also reads the certificate
   * again. Rejects with EngineStartError that says what cannot be; then nothing has changed.
   */
  apply(settings: ListenerSettings, options?: { anew?: boolean }): Promise<void>
  close(): Promise<void>
}

/** Problems that end when the listener stands where it is wanted. */
const CODES = ['listener-not-open', 'port-moved', 'listener-stopped'] as const

export function listenerControl(options: {
  /** What this start was told; `null`: not to listen at all. */
  asked: ListenOptions | null
  start: (at: ListenAt) => Promise<Listener>
  problems: Problems
  onMoved?: ((url: string) => void) | undefined
}): ListenerControl {
  const { asked, start, problems, onMoved } = options
  const given = { host: asked?.host ?? null, port: asked?.portWasAskedFor ? asked.port : null }
  let listener: Listener | null = null
  let applied: ListenerSettings | null = null

  const move = async (at: ListenAt) => {
    if (listener) await listener.move(at)
    else listener = await start(at)
    for (const code of CODES) problems.clear(code)
    // Another certificate alone leaves it where it is.
    if (listener.portNotice) problems.report('port-moved', listener.portNotice)
  }
  /** A port that was asked for as “any” is the one that it came to be. */
  const portWanted = (settings: ListenerSettings) =>
    given.port === 0 ? (listener?.port ?? 0) : (given.port ?? settings.port)

  return {
    given,
    status: () => listener && { url: listener.url, host: listener.host, port: listener.port },
    async open(settings) {
      if (!asked) return
      try {
        await move({
          host: given.host ?? settings.host,
          port: asked.port ?? settings.port,
          portWasAskedFor: asked.portWasAskedFor,
          choose: given.port === null && given.host === null ? 'settings' : 'options',
          tls: await credentialsOf(settings.tls),
        })
        applied = settings
      } catch (error) {
        if (!(error instanceof EngineStartError) || !settingsAreToBlame(error, given)) throw error
        problems.report('listener-not-open', `Nothing listens. ${error.message} See Settings.`)
      }
    },
    async apply(settings, { anew = false } = {}) {
      if (!asked) return
      const differs = !applied || placeOf(settings) !== placeOf(applied)
      if (!differs && !anew) return
      await move({
        host: given.host ?? settings.host,
        port: portWanted(settings),
        portWasAskedFor: true,
        choose: 'settings',
        tls: await credentialsOf(settings.tls),
      })
      applied = settings
      if (listener) onMoved?.(listener.url)
    },
    close: async () => listener?.close(),
  }
}

async function credentialsOf(tls: ListenerTls | null): Promise<Credentials | null> {
  return tls === null ? null : readCredentials(tls)
}

function placeOf({ host, port, tls }: ListenerSettings): string {
  return JSON.stringify([host, port, tls?.certificateFile, tls?.keyFile])
}

function settingsAreToBlame({ code }: EngineStartError, given: Status['given']): boolean {
  if (code === 'tls-unusable') return true
  if (code === 'port-taken') return given.port === null
  return code === 'host-unusable' && given.host === null
}
