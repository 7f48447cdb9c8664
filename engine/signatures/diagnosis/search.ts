import type { Scheme } from '#contract/scheme.ts'
import type { Attempts } from './attempts.ts'
import { Bodies, coversBody } from './body-variants.ts'
import { contentVariants } from './content-variants.ts'
import { schemeVariants, type OtherSchemes } from './scheme-variants.ts'
import { timestampVariants } from './timestamp-variants.ts'
import type { Hit, State, Variant } from './types.ts'
import { urlVariants } from './url-variants.ts'

/** Other schemes that are tried together with a second change. */
const PAIRED_SCHEMES = 4

type Base = Omit<State, 'scheme'>

/**
 * Looks for the fewest changes after which a signature matches: none (the request is right but for
 * something that is no part of the signature), one, then two; the likeliest first.
 */
export class Search {
  readonly #attempts: Attempts
  readonly #state: State | null
  readonly #base: Base
  readonly #schemes: OtherSchemes
  readonly #bodies: Bodies
  /** A match with two changes that was met while looking for one. */
  #best: Hit | null = null

  constructor(attempts: Attempts, base: Base, scheme: Scheme | null, all: readonly Scheme[]) {
    this.#attempts = attempts
    this.#base = base
    this.#state = scheme ? { ...base, scheme } : null
    this.#schemes = schemeVariants(this.#state, base, all)
    this.#bodies = new Bodies(base)
  }

  run(): Hit | null {
    const single = this.#alone()
    if (single) return single
    if (!this.#best) this.#inPairs()
    return this.#best ?? this.#rarely()
  }

  /** One change or none. */
  #alone(): Hit | null {
    for (const variant of this.#schemes.better) {
      const hit = this.#tryOne(variant, { ...this.#base, scheme: variant.scheme })
      if (hit) return hit
    }
    const state = this.#state
    if (!state) return null
    const attempts = this.#attempts
    const bare =
      this.#keep(attempts.try(state, [], attempts.own(state))) ??
      this.#keep(attempts.try(state, [], attempts.others(state)))
    if (bare) return bare
    if (attempts.own(state).length === 0) return null
    for (const variant of this.#ordered(state)) {
      const hit = this.#tryOne(variant, state)
      if (hit) return hit
      if (!attempts.goesOn) return null
    }
    return null
  }

  /** Bodies that hardly anybody writes. */
  #rarely(): Hit | null {
    const state = this.#state
    if (!state || !coversBody(state)) return null
    for (const variant of this.#bodies.rare) {
      const hit = this.#tryOne(variant, state) ?? this.#best
      if (hit || !this.#attempts.goesOn) return hit
    }
    return null
  }

  /** Remembers a match with two changes; gives back one that needs no better. */
  #keep(hit: Hit | null): Hit | null {
    if (!hit) return null
    if (hit.changes.length <= 1) return hit
    if (hit.changes.length === 2 && !this.#best) this.#best = hit
    return null
  }

  #tryOne(variant: Variant, state: State): Hit | null {
    const changed = variant.apply(state)
    if (!changed) return null
    const { change } = variant
    return this.#keep(this.#attempts.try(changed, [change], this.#attempts.own(changed)))
  }

  /** All single changes of a state, cheap and likely ones first. */
  *#ordered(state: State): Generator<Variant> {
    const isCovered = coversBody(state)
    if (isCovered) yield* this.#bodies.cheap
    yield* timestampVariants(state)
    yield* urlVariants(state)
    yield* contentVariants(state)
    yield* this.#schemes.others
    if (isCovered) yield* this.#bodies.dear
  }

  #inPairs(): void {
    const units: Unit[] = []
    const { better, others } = this.#schemes
    if (this.#state) this.#addPairs(units, this.#state, [], 1)
    for (const variant of [...better, ...others].slice(0, PAIRED_SCHEMES)) {
      this.#addPairs(units, { ...this.#base, scheme: variant.scheme }, [variant], 0.7)
      if (!this.#attempts.goesOn) break
    }
    units.sort((one, other) => other.weight - one.weight)
    for (const { state, variants, otherKeys } of units) {
      if (!this.#attempts.goesOn || this.#best) return
      let changed: State | null = state
      for (const variant of variants) changed = changed && variant.apply(changed)
      if (!changed) continue
      const keys = otherKeys ? this.#attempts.others(changed) : this.#attempts.own(changed)
      const changes = variants.map(({ change }) => change)
      this.#keep(this.#attempts.try(changed, changes, keys))
    }
  }

  /** Every pair that begins with a state: a change with another key, or two changes. */
  #addPairs(units: Unit[], state: State, first: readonly Variant[], weight: number): void {
    const dimensions = this.#dimensions(state)
    const isScheme = first.length > 0
    if (isScheme) units.push({ state, variants: first, otherKeys: true, weight: weight * 0.9 })
    for (let index = 0; index < dimensions.length; index++) {
      for (const variant of dimensions[index] ?? []) {
        const own = weight * variant.change.weight
        if (isScheme) {
          // With nothing of the body covered any more, too little is left to go by.
          if (variant.change.code === 'body-empty') continue
          units.push({ state, variants: [...first, variant], otherKeys: false, weight: own * 0.5 })
          continue
        }
        units.push({ state, variants: [variant], otherKeys: true, weight: own })
        for (const further of dimensions.slice(index + 1)) {
          for (const second of further) {
            const both = own * second.change.weight * 0.6
            units.push({ state, variants: [variant, second], otherKeys: false, weight: both })
          }
        }
      }
    }
  }

  #dimensions(state: State): Variant[][] {
    const bodies = coversBody(state) ? [...this.#taken()] : []
    return [
      bodies,
      [...timestampVariants(state)],
      [...urlVariants(state)],
      [...contentVariants(state)],
    ]
  }

  /** The bodies as far as time allows to make them. */
  *#taken(): Generator<Variant> {
    yield* this.#bodies.cheap
    for (const variant of this.#bodies.dear) {
      yield variant
      if (!this.#attempts.goesOn) return
    }
  }
}

interface Unit {
  state: State
  variants: readonly Variant[]
  /** With keys other than the endpoint's own, else with those. */
  otherKeys: boolean
  weight: number
}
