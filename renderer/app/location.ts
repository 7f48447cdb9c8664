import { useSyncExternalStore } from 'react'
import type { DeliveryFilter } from '#contract/delivery.ts'
import { LONGEST_FILTER } from '#contract/filter/parse.ts'
import { failures } from '#renderer/words/verdicts.ts'

/** What the sidebar has chosen. */
export type View =
  | { kind: 'all' }
  | { kind: 'endpoint'; id: number }
  | { kind: 'catch-all' }
  | { kind: 'failures' }
  | { kind: 'duplicates' }
  | { kind: 'verify' }
  | { kind: 'compose' }
  /** `checkId`: one check of a handler; `null`: none yet. */
  | { kind: 'checks'; checkId: number | null }
  | { kind: 'fixtures' }
  | { kind: 'schemes'; schemeId: string | null }
  | { kind: 'subscriber-hash' }
  /** `section`: its name, such as `listener`; `null`: the first. */
  | { kind: 'settings'; section: string | null }
  /** `range`: `15m`, `1h`, `24h`, `7d`, `all`, or two moments in unix milliseconds: `1-2`. */
  | { kind: 'overview'; endpoint?: number | 'catch-all'; range?: string }
  /** `batchId`: one bulk replay; `null`: all that was sent. */
  | { kind: 'replays'; batchId: number | null }
  /** Two deliveries by their ids, or replays: `r` and the id. */
  | { kind: 'compare'; a: string; b: string }

/** Where the person is: kept in the URL's fragment, so that reload, back and forward work. */
export interface Place {
  view: View
  /** What the filter field holds, applied; the empty text finds everything. */
  query: string
  deliveryId: number | null
}

const plain = [
  'all',
  'catch-all',
  'failures',
  'duplicates',
  'verify',
  'compose',
  'fixtures',
  'subscriber-hash',
] as const

function readView(name: string): View {
  const endpoint = /^endpoint-(\d{1,15})$/.exec(name)
  if (endpoint) return { kind: 'endpoint', id: Number(endpoint[1]) }
  const scheme = /^schemes(?:~([a-z0-9+-]{1,60}))?$/.exec(name)
  if (scheme) return { kind: 'schemes', schemeId: scheme[1] ?? null }
  const settings = /^settings(?:~([a-z]{1,30}))?$/.exec(name)
  if (settings) return { kind: 'settings', section: settings[1] ?? null }
  const replays = /^replays(?:~(\d{1,15}))?$/.exec(name)
  if (replays) {
    return { kind: 'replays', batchId: replays[1] === undefined ? null : Number(replays[1]) }
  }
  const checks = /^checks(?:~(\d{1,15}))?$/.exec(name)
  if (checks) return { kind: 'checks', checkId: checks[1] === undefined ? null : Number(checks[1]) }
  const overview = /^overview(?:~(all|catch-all|\d{1,15})(?:~([\da-z-]{2,31}))?)?$/.exec(name)
  if (overview) return readOverview(overview[1] ?? 'all', overview[2])
  const [, a, b] = /^compare~(r?\d{1,15})~(r?\d{1,15})$/.exec(name) ?? []
  if (a !== undefined && b !== undefined) return { kind: 'compare', a, b }
  const kind = plain.find((candidate) => candidate === name)
  return kind ? { kind } : { kind: 'all' }
}

function readOverview(endpoint: string, range: string | undefined): View {
  return {
    kind: 'overview',
    ...(endpoint === 'all'
      ? {}
      : { endpoint: endpoint === 'catch-all' ? endpoint : Number(endpoint) }),
    ...(range === undefined ? {} : { range }),
  }
}

/** Reads `#/failures/123?q=type%3Ainvoice.*`; whatever it cannot read becomes the start. */
export function readPlace(hash: string): Place {
  const [path = '', ...search] = hash.replace(/^#\/?/, '').split('?')
  const [view = '', id = ''] = path.split('/')
  return {
    view: readView(view),
    query: (new URLSearchParams(search.join('?')).get('q') ?? '').slice(0, LONGEST_FILTER),
    deliveryId: /^\d{1,15}$/.test(id) ? Number(id) : null,
  }
}

function viewName(view: View): string {
  if (view.kind === 'endpoint') return `endpoint-${view.id}`
  if (view.kind === 'schemes' && view.schemeId !== null) return `schemes~${view.schemeId}`
  if (view.kind === 'settings' && view.section !== null) return `settings~${view.section}`
  if (view.kind === 'replays' && view.batchId !== null) return `replays~${view.batchId}`
  if (view.kind === 'checks' && view.checkId !== null) return `checks~${view.checkId}`
  if (view.kind === 'compare') return `compare~${view.a}~${view.b}`
  if (view.kind === 'overview' && (view.endpoint !== undefined || view.range !== undefined)) {
    const range = view.range === undefined ? '' : `~${view.range}`
    return `overview~${view.endpoint ?? 'all'}${range}`
  }
  return view.kind
}

export function writePlace({ view, query, deliveryId }: Place): string {
  const search = query === '' ? '' : `?${new URLSearchParams({ q: query }).toString()}`
  return `#/${viewName(view)}/${deliveryId ?? ''}${search}`
}

/** The filter that a place asks the engine for. */
export function filterOf({ view, query }: Pick<Place, 'view' | 'query'>): DeliveryFilter {
  const filter: DeliveryFilter = {}
  if (view.kind === 'endpoint') filter.endpoint = view.id
  if (view.kind === 'catch-all') filter.endpoint = 'catch-all'
  if (view.kind === 'failures') filter.verdicts = failures
  if (view.kind === 'duplicates') filter.duplicates = true
  if (query.trim() !== '') filter.query = query.trim()
  return filter
}

let current = readPlace(window.location.hash)
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Goes somewhere; `replace` leaves no step behind for the back button. */
export function go(to: Partial<Place>, options: { replace?: boolean } = {}): void {
  current = { ...current, ...to }
  const hash = writePlace(current)
  // Where one is already is no step to come back from.
  const stays = hash === window.location.hash
  if (options.replace || stays) window.history.replaceState(null, '', hash)
  else window.history.pushState(null, '', hash)
  for (const listener of listeners) listener()
}

/** Opens a delivery in the list of all, wherever one is. */
export function openDelivery(deliveryId: number): void {
  go({ view: { kind: 'all' }, query: '', deliveryId })
}

window.addEventListener('popstate', () => {
  current = readPlace(window.location.hash)
  for (const listener of listeners) listener()
})

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, () => current)
}
