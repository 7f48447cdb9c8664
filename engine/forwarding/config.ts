import type { ForwardTarget, Forwarding } from '#contract/forwarding.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { Roster } from '#engine/judging/roster.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { CATCH_ALL, type Lane } from '#engine/store/forwards-table.ts'
import type { EndpointRow } from '#engine/store/types.ts'

/** Where this run sends deliveries on to, whatever the endpoints say; stored nowhere. */
export interface RunForwarding {
  /** The name of the one endpoint that it is for; `null`: everything, the catch-all included. */
  endpoint: string | null
  forwarding: Forwarding
}

/** Where deliveries of an endpoint go, as it is configured now. */
export interface ForwardingConfig {
  /** What counts for a delivery that comes now; `null`: it goes nowhere. `forRun`: of this start. */
  of(endpointId: number | null): { forwarding: Forwarding; forRun: boolean } | null
  /** What counts for something that waits; `null`: endpoint or target are gone. */
  ofLane(lane: Lane): { forwarding: Forwarding; target: ForwardTarget } | null
  schemeOf(endpointId: number | null, recognisedId: string | null): Scheme | null
  /** From commit to answer, milliseconds. */
  deadlineMs(forwarding: Forwarding, scheme: Scheme | null): number
}

const DEFAULT_DEADLINE_MS = 30_000

export function forwardingConfig(
  roster: Pick<Roster, 'endpoints' | 'profileOf'>,
  run: RunForwarding | null,
): ForwardingConfig {
  let known: readonly EndpointRow[] = []
  let byId = new Map<number, EndpointRow>()
  const endpoint = (id: number | null) => {
    const endpoints = roster.endpoints()
    if (endpoints !== known) {
      known = endpoints
      byId = new Map(endpoints.map((row) => [row.id, row]))
    }
    return id === null ? null : (byId.get(id) ?? null)
  }
  const ofRun = (row: EndpointRow | null) =>
    run && (run.endpoint === null || run.endpoint === row?.name) ? run.forwarding : null

  return {
    of(endpointId) {
      const row = endpoint(endpointId)
      const forRun = ofRun(row)
      if (forRun) return { forwarding: forRun, forRun: true }
      return row?.forwarding ? { forwarding: row.forwarding, forRun: false } : null
    },
    ofLane({ endpointId, url }) {
      const row = endpointId === CATCH_ALL ? null : endpoint(endpointId)
      if (row === null && endpointId !== CATCH_ALL) return null
      for (const forwarding of [ofRun(row), row?.forwarding]) {
        const target = forwarding?.targets.find((one) => one.url === url)
        if (forwarding && target) return { forwarding, target }
      }
      return null
    },
    schemeOf(endpointId, recognisedId) {
      const { ownSchemes } = roster.profileOf(endpointId)
      const id = endpoint(endpointId)?.schemeId ?? recognisedId
      return id === null ? null : findScheme(id, ownSchemes)
    },
    deadlineMs: ({ deadlineMs }, scheme) =>
      deadlineMs ??
      (scheme?.answerWithinSeconds === undefined
        ? DEFAULT_DEADLINE_MS
        : scheme.answerWithinSeconds * 1000),
  }
}
