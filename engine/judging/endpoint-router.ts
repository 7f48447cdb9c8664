import type { EndpointRow } from '#engine/store/types.ts'

/** The path of a request target: without the query, and without scheme and host if it is absolute. */
export function pathOf(target: string): string {
  const query = target.search(/[?#]/)
  const path = query < 0 ? target : target.slice(0, query)
  if (path.startsWith('/')) return path
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)?$/i.exec(path)
  return absolute ? (absolute[1] ?? '/') : path
}

export interface EndpointRouter {
  /** Exact path first, then the longest `/*`; `null`: the catch-all. */
  find(target: string): EndpointRow | null
}

export function createEndpointRouter(endpoints: readonly EndpointRow[]): EndpointRouter {
  const exact = new Map<string, EndpointRow>()
  const below: { prefix: string; endpoint: EndpointRow }[] = []
  for (const endpoint of endpoints) {
    if (endpoint.path.endsWith('/*')) below.push({ prefix: endpoint.path.slice(0, -1), endpoint })
    else exact.set(endpoint.path, endpoint)
  }
  below.sort((a, b) => b.prefix.length - a.prefix.length)
  return {
    find(target) {
      const path = pathOf(target)
      return (
        exact.get(path) ?? below.find(({ prefix }) => path.startsWith(prefix))?.endpoint ?? null
      )
    },
  }
}
