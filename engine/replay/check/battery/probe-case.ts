import type { CheckCase } from '#contract/check.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { signedRequest, type Made, type Wish } from '#engine/replay/check/sign-request.ts'
import type { World } from '#engine/replay/check/world.ts'

/** One request of a case. */
export interface Probe {
  label: string
  request: OutgoingRequest
}

/** Why a case does not apply, in one sentence. */
export interface Skipped {
  skipped: string
}
export type Built = readonly Probe[] | Skipped

/** A case that asks of each of its requests whether the handler takes it. */
export interface ProbeCase extends CheckCase {
  expects: 'accepted' | 'refused'
  /** Why the provider's documented rule does not refuse it, where that is so. */
  allowed?(world: World): string
  /** Builds the requests right before they are sent: they carry the time. */
  build(world: World): Built
}

/** One signed request of a label, or the reason why it cannot be made. */
export function oneProbe(world: World, label: string, wish: Wish = {}): Built {
  return probesOf([[label, signedRequest(world, wish)]])
}

/** Those that could be made; when none could, the reason of the first. */
export function probesOf(made: readonly (readonly [label: string, made: Made | null])[]): Built {
  const probes: Probe[] = []
  let problem: string | null = null
  for (const [label, request] of made) {
    if (request === null) continue
    if ('problem' in request) problem ??= request.problem
    else probes.push({ label, request })
  }
  if (probes.length > 0) return probes
  return { skipped: problem ?? 'Such a request cannot be made with this scheme.' }
}

/** Goes on with the signed request, unless it cannot be made. */
export function fromSigned(
  world: World,
  wish: Wish,
  build: (request: OutgoingRequest) => readonly (readonly [string, OutgoingRequest | null])[],
  skipped: string,
): Built {
  const request = signedRequest(world, wish)
  if ('problem' in request) return { skipped: request.problem }
  const probes = build(request).flatMap(([label, made]) =>
    made === null ? [] : [{ label, request: made }],
  )
  return probes.length > 0 ? probes : { skipped }
}
