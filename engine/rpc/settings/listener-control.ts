import type { ListenerSettings } from '#contract/settings.ts'
import type { Status } from '#contract/status.ts'
import type { ListenAt, Listener } from '#engine/listener/listen.ts'
import type { Gap } from '#engine/listener/gaps.ts'
import { EngineStartError, type ListenOptions } from '#engine/options.ts'
import { isLoopback } from '#engine/replay/loopback.ts'
import type { Problems } from '#engine/rpc/problems.ts'
import { credentialsFor, type CredentialsFor, digestOf } from './listener-credentials.ts'
import { keepListening, type ListenerKeeper } from './listener-keeper.ts'
import type { PathTokens } from './path-token.ts'

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
  /** What must stand in front of every path with these settings; `null`: nothing. */
  pathToken(settings: ListenerSettings): string | null
  /** A person wants nothing recorded for now; senders find nobody there and come again. */
  readonly paused: boolean
  /** Answers what was begun (10 s at most), then gives the port back. */
  pause(): Promise<void>
  /** Listens again, where it did or where the settings want it now; rejects as `apply` does. */
  resume(): Promise<void>
  close(): Promise<void>
}

/** Problems that end when the listener stands where it is wanted. */
const CODES = [
  'listener-not-open',
  'port-moved',
  'listener-stopped',
  'address-gone',
  'certificate-unusable',
] as const

export interface ControlOptions {
  /** What this start was told; `null`: not to listen at all. */
  asked: ListenOptions | null
  start: (at: ListenAt) => Promise<Listener>
  problems: Problems
  onMoved?: ((url: string) => void) | undefined
  /** Absent: only certificates of one's own. */
  credentials?: CredentialsFor
  /** Absent: no path tokens. */
  tokens?: PathTokens
  onGap?: (gap: Gap) => void
}

export function listenerControl(options: ControlOptions): ListenerControl {
  const { asked, start, problems, onMoved, tokens } = options
  const credentials = options.credentials ?? credentialsFor(() => null)
  const given = { host: asked?.host ?? null, port: asked?.portWasAskedFor ? asked.port : null }
  let listener: Listener | null = null
  let applied: ListenerSettings | null = null
  /** Of the certificate that is in use. */
  let digest = ''
  let keeper: ListenerKeeper | null = null

  /** The settings as this start was told to have them. */
  const effective = (settings: ListenerSettings): ListenerSettings => ({
    ...settings,
    host: given.host ?? settings.host,
    ...(asked?.tls && { tls: asked.tls }),
    ...(asked?.clientCertificates && { clientCertificates: asked.clientCertificates }),
    ...(asked?.pathToken && { pathToken: true }),
  })
  const pathToken = (settings: ListenerSettings) =>
    effective(settings).pathToken ? (tokens?.current() ?? null) : null

  const move = async (at: Omit<ListenAt, 'tls'>, settings: ListenerSettings) => {
    const tls = await credentials(effective(settings))
    if (listener) await listener.move({ ...at, tls })
    else listener = await start({ ...at, tls })
    digest = digestOf(tls)
    for (const code of CODES) problems.clear(code)
    // Another certificate alone leaves it where it is.
    if (listener.portNotice) problems.report('port-moved', listener.portNotice)
    applied = settings
    tellReach(effective(settings), listener, problems)
  }
  /** A port that was asked for as “any” is the one that it came to be. */
  const portWanted = (settings: ListenerSettings) =>
    given.port === 0 ? (listener?.port ?? 0) : (given.port ?? settings.port)
  const url = () => {
    if (!listener || !applied) return ''
    const token = pathToken(applied)
    return token === null ? listener.url : `${listener.url}/${token}`
  }
  const openFirst = async (settings: ListenerSettings) => {
    if (!asked) return
    const place = { host: given.host ?? settings.host, port: asked.port ?? settings.port }
    const choose = given.port === null && given.host === null ? 'settings' : 'options'
    await move({ ...place, portWasAskedFor: asked.portWasAskedFor, choose }, settings)
  }
  const openLater = async (settings: ListenerSettings) => {
    try {
      await openFirst(settings)
      return true
    } catch (error) {
      if (!(error instanceof EngineStartError) || !settingsAreToBlame(error, asked)) throw error
      problems.report('listener-not-open', `Nothing listens. ${error.message} See Settings.`)
      return false
    }
  }
  /** Another certificate: a file changed, or its time is nearly over. */
  const renew = async () => {
    if (!listener || !applied || !effective(applied).tls) return
    try {
      const tls = await credentials(effective(applied))
      problems.clear('certificate-unusable')
      if (digestOf(tls) === digest) return
      const { host, port } = listener
      await listener.move({ host, port, portWasAskedFor: true, tls })
      digest = digestOf(tls)
    } catch (error) {
      if (!(error instanceof EngineStartError)) throw error
      problems.report(
        'certificate-unusable',
        `${error.message} The certificate from before stays in use.`,
      )
    }
  }
  let wanted: ListenerSettings | null = null
  /** Where it listened when it was paused; `null`: it is not. */
  let left: { port: number; settings: ListenerSettings } | null = null
  const watch = () =>
    keepListening({
      standing: () => listener?.standing ?? null,
      place: () => ({ host: listener?.host ?? '', port: listener?.port ?? 0, url: url() }),
      openFirst: async () => wanted !== null && !listener && left === null && openLater(wanted),
      renew,
      onBack: () => onMoved?.(url()),
      onGap: options.onGap,
      problems,
    })

  return {
    given,
    pathToken,
    status: () => {
      if (!listener || listener.standing?.isOpen === false) return null
      return { url: url(), host: listener.host, port: listener.port }
    },
    async open(settings) {
      if (!asked) return
      wanted = settings
      await openLater(settings)
      keeper = watch()
    },
    get paused() {
      return left !== null
    },
    async pause() {
      if (!listener || !applied) return
      const closing = listener
      left = { port: closing.port, settings: applied }
      listener = null
      for (const code of CODES) problems.clear(code)
      await closing.close()
    },
    async resume() {
      if (!asked || !left || !wanted) return
      const moved = placeOf(wanted) !== placeOf(left.settings)
      const port = moved ? portWanted(wanted) : left.port
      const at = { host: given.host ?? wanted.host, port, portWasAskedFor: true } as const
      await move({ ...at, choose: 'settings' }, wanted)
      left = null
      onMoved?.(url())
    },
    async apply(settings, { anew = false } = {}) {
      if (!asked) return
      if (left) {
        wanted = settings
        return
      }
      const differs = !applied || placeOf(settings) !== placeOf(applied)
      if (!differs && !anew) return
      const host = given.host ?? settings.host
      const at = { host, port: portWanted(settings), portWasAskedFor: true } as const
      await move({ ...at, choose: 'settings' }, settings)
      wanted = settings
      if (listener) onMoved?.(url())
    },
    async close() {
      keeper?.stop()
      await listener?.close()
    },
  }
}

/** Who else can post, said as long as it is so. */
function tellReach(settings: ListenerSettings, listener: Listener, problems: Problems): void {
  const { host, port } = listener
  if (isLoopback(host) || settings.pathToken) {
    problems.clear('open-to-network')
    return
  }
  const whom = host === '0.0.0.0' || host === '::' ? 'this machine' : host
  problems.report(
    'open-to-network',
    `Whoever reaches ${whom} over the network can post to port ${port}, and what they post is stored. Settings, Listener can require a path token, or listen on 127.0.0.1 only.`,
  )
}

function placeOf({ host, port, tls, clientCertificates, pathToken }: ListenerSettings): string {
  return JSON.stringify([host, port, tls, clientCertificates ?? null, pathToken ?? false])
}

function settingsAreToBlame({ code }: EngineStartError, asked: ListenOptions | null): boolean {
  if (code === 'tls-unusable') return !asked?.tls && !asked?.clientCertificates
  if (code === 'port-taken') return !asked?.portWasAskedFor
  return code === 'host-unusable' && (asked?.host ?? null) === null
}
