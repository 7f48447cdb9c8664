import type { ListenerSettings } from '#contract/settings.ts'
import type { Status } from '#contract/status.ts'
import type { PublicAddress, TunnelState } from '#contract/tunnel.ts'
import { cameThrough, type Arrived, type Outside } from '#engine/proxies/came-through.ts'
import { type IsProxy, namedProxies } from '#engine/proxies/named-proxies.ts'
import { openTunnels, type Tunnels } from './tunnels.ts'

/** How the world beyond this machine reaches the listener. */
export interface OutsideRoom {
  tunnels: Tunnels
  status(): Pick<Status, 'publicAddress' | 'tunnel'>
  /** The path token may be required since, or no more. */
  settingsChanged(): void
  /** See cameThrough. */
  cameThrough(head: Arrived, own: boolean): ReturnType<typeof cameThrough>
  close(): Promise<void>
}

export interface OutsideOptions {
  listening(): Status['listening']
  settings: () => ListenerSettings
  /** What must stand in front of every path; `null`: nothing. */
  pathToken(): string | null
  problems: { report(code: string, sentence: string): void; clear(code: string): void }
  onChange(): void
  env: Readonly<Record<string, string | undefined>>
  searchPath?: string | undefined
  opensWithinMs?: number | undefined
}

export function openOutside(options: OutsideOptions): OutsideRoom {
  const { settings, problems } = options
  const isProxy = lastOf(namedProxies)
  const tunnels = openTunnels({
    ...options,
    onChange(state) {
      tell(state)
      options.onChange()
    },
  })
  const tell = (state: TunnelState) => {
    // Said until the person does something about it.
    if (state.state === 'failed') {
      problems.report('tunnel-ended', `${state.sentence} Settings, Public URL says more.`)
    } else problems.clear('tunnel-ended')
    const open = state.state === 'open' ? state.url : null
    if (open === null || options.pathToken() !== null) problems.clear('open-to-internet')
    else problems.report('open-to-internet', openTo(open))
  }
  const outside = (): Outside => {
    const state = tunnels.state()
    const { publicUrl = null, proxies = [] } = settings()
    return {
      isProxy: isProxy(proxies),
      tunnel: state.state === 'open' ? state.url : null,
      setting: publicUrl,
    }
  }
  const publicAddress = (): PublicAddress | null => {
    const { tunnel, setting } = outside()
    const base = tunnel ?? setting
    if (base === null || options.listening() === null) return null
    const token = options.pathToken()
    const url = base.replace(/\/+$/, '') + (token === null ? '' : `/${token}`)
    return { url, source: tunnel === null ? 'setting' : 'tunnel' }
  }
  return {
    tunnels,
    status: () => ({ publicAddress: publicAddress(), tunnel: tunnels.state() }),
    settingsChanged: () => tell(tunnels.state()),
    cameThrough: (head, own) => cameThrough(head, outside(), own),
    close: () => tunnels.close(),
  }
}

function openTo(url: string): string {
  return `Whoever knows ${url} can post from anywhere, and what they post is stored. Settings, Path token makes it a URL that nobody guesses.`
}

/** Made anew only for other names than last time. */
function lastOf(
  make: (named: readonly string[]) => IsProxy,
): (named: readonly string[]) => IsProxy {
  let last: { named: readonly string[]; made: IsProxy } | null = null
  return (named) => {
    if (last?.named !== named) last = { named, made: make(named) }
    return last.made
  }
}
