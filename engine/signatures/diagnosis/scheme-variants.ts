import type { Scheme } from '#contract/scheme.ts'
import { compile } from '#engine/signatures/compile.ts'
import { findHeader } from '#engine/signatures/headers.ts'
import { readRequest } from '#engine/signatures/reading.ts'
import { candidates } from '#engine/signatures/recognise.ts'
import type { State, Variant } from './types.ts'

/** Other schemes whose signature the request carries, the best fitting first. */
export interface OtherSchemes {
  /** They fit the request better than the endpoint's own, which lacks something it needs. */
  better: SchemeVariant[]
  others: SchemeVariant[]
}

export interface SchemeVariant extends Variant {
  scheme: Scheme
}

export function schemeVariants(
  state: State | null,
  base: Omit<State, 'scheme'>,
  all: readonly Scheme[],
): OtherSchemes {
  const ranks = new Map<string, number>()
  candidates(base.head, base.whole, all).forEach(({ scheme, confidence }) => {
    ranks.set(scheme.id, { certain: 3, likely: 2, possible: 1 }[confidence])
  })
  const own = state ? fit(state.scheme, base, ranks) : null
  const fitting = all.flatMap((scheme) => {
    if (scheme.id === state?.scheme.id) return []
    const found = fit(scheme, base, ranks)
    return found.complete ? [{ scheme, score: found.score }] : []
  })
  fitting.sort((one, other) => other.score - one.score)
  const isBetter = (score: number) => !own?.complete || score > own.score
  const variants = (better: boolean) =>
    fitting
      .filter(({ score }) => isBetter(score) === better)
      .map(({ scheme }) => variantOf(scheme, state))
  return { better: variants(true), others: variants(false) }
}

/** How well a scheme fits what the request carries; `complete`: nothing that it needs is absent. */
function fit(
  scheme: Scheme,
  { head, whole }: Omit<State, 'scheme'>,
  ranks: ReadonlyMap<string, number>,
): { complete: boolean; score: number } {
  const compiled = compile(scheme)
  const reading = readRequest(compiled, head, whole)
  const complete =
    reading.header.signatures.some(({ known }) => known) &&
    (!compiled.needsTimestamp || reading.timestampText !== null) &&
    (!compiled.needsMessageId || reading.messageIdText !== null) &&
    (!scheme.jwt || reading.token !== null)
  const { timestamp, messageId, recognition } = scheme
  const names = new Set([
    ...recognition.headers,
    ...(timestamp && 'header' in timestamp.place ? [timestamp.place.header.toLowerCase()] : []),
    ...(messageId && 'header' in messageId ? [messageId.header.toLowerCase()] : []),
  ])
  let present = 0
  for (const name of names) if (findHeader(head.rawHeaders, name) !== null) present++
  return { complete, score: present + (ranks.get(scheme.id) ?? 0) / 10 }
}

function variantOf(scheme: Scheme, state: State | null): SchemeVariant {
  return {
    scheme,
    change: {
      code: 'scheme',
      what: 'scheme',
      from: state?.scheme.name ?? 'none',
      to: scheme.name,
      detail: `${scheme.name} (${scheme.id})`,
      done: `As a delivery of ${scheme.name}`,
      weight: 0.7,
      schemeId: scheme.id,
    },
    apply: (base) => ({ ...base, scheme }),
  }
}
