import { pathOf } from '#contract/http.ts'
import type { EndpointRow } from '#engine/store/types.ts'

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
