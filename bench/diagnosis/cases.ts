import type { Scheme } from '#contract/scheme.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import {
  algorithmMutations,
  contentMutations,
  signatureMutations,
  timestampMutations,
  urlMutations,
} from './head-mutations.ts'
import {
  adviceMutations,
  bodyMutations,
  hopeless,
  secretMutations,
  timeMutations,
} from './mutations.ts'
import { caseOf, planFor, prepared, textFor, type Case, type Mutation, type Plan } from './plan.ts'
import { Random } from './random.ts'

const alone: readonly Mutation[] = [
  ...secretMutations,
  ...bodyMutations,
  ...timestampMutations,
  ...urlMutations,
  ...signatureMutations,
  ...algorithmMutations,
  ...contentMutations,
  ...timeMutations,
  ...adviceMutations,
]

const together: readonly (readonly [readonly Mutation[], readonly Mutation[]])[] = [
  [secretMutations, bodyMutations],
  [secretMutations, signatureMutations],
  [secretMutations, urlMutations],
  [secretMutations, contentMutations],
  [secretMutations, algorithmMutations],
  [secretMutations, timestampMutations],
  [bodyMutations, timestampMutations],
  [bodyMutations, urlMutations],
  [bodyMutations, signatureMutations],
]

/** Every scheme with everything that can go wrong with it, one at a time. */
export function* singles(clock: () => number, byteLength = 0): Generator<Case> {
  const random = new Random(20_251_009)
  for (const scheme of schemes) {
    for (const mutation of alone) {
      const made = mutated(scheme, [mutation], random, clock, byteLength)
      if (made) yield made
    }
    for (const made of misrouted(scheme, random, clock)) yield made
  }
}

/** Two things at a time: for every scheme, or every so many, some of each pair of kinds. */
export function* pairs(clock: () => number, byteLength = 0, each = 1, step = 1): Generator<Case> {
  const random = new Random(7_331)
  for (const scheme of schemes.filter((_, index) => index % step === 0)) {
    for (const [first, second] of together) {
      for (let count = 0; count < each; count++) {
        const made = tried(scheme, first, second, random, clock, byteLength)
        if (made) yield made
      }
    }
  }
}

const TRIES = 12

function tried(
  scheme: Scheme,
  first: readonly Mutation[],
  second: readonly Mutation[],
  random: Random,
  clock: () => number,
  byteLength: number,
): Case | null {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const both = [random.pick(first), random.pick(second)]
    const [one, other] = both
    // Each alone must break it, or it is no pair.
    const seed = random.below(1e9)
    if (!one || !other) return null
    // Tried on a small body first: large ones take long to make.
    const singly = both.every((mutation) => mutated(scheme, [mutation], new Random(seed), clock, 0))
    const made = singly ? mutated(scheme, both, new Random(seed), clock, byteLength) : null
    if (made) return made
  }
  return null
}

function mutated(
  scheme: Scheme,
  mutations: readonly Mutation[],
  random: Random,
  clock: () => number,
  byteLength: number,
): Case | null {
  let plan: Plan | null = planFor(scheme, random, byteLength)
  for (const mutation of mutations) plan = plan && mutation.apply(plan, random)
  if (!plan) return null
  return caseOf(
    plan,
    mutations.map(({ code }) => code),
    mutations.map(({ code, name }) => `${code} (${name})`).join(' and '),
    clock,
  )
}

/** Deliveries of other providers that come to an endpoint of this one. */
function* misrouted(scheme: Scheme, random: Random, clock: () => number): Generator<Case> {
  for (let count = 0; count < 3; count++) {
    const sender = random.pick(schemes)
    const plan = planFor(sender, random)
    if (!plan || sender.id === scheme.id) continue
    const made = caseOf(
      { ...plan, scheme },
      ['scheme'],
      `scheme (a delivery of ${sender.id})`,
      clock,
    )
    if (made) yield made
  }
}

/** Deliveries that nothing can repair: no verified cause may be named. */
export function* beyondRepair(clock: () => number): Generator<Case> {
  const random = new Random(99)
  for (const scheme of schemes) {
    for (const spoil of hopeless) {
      const plan = planFor(scheme, random)
      if (!plan || !prepared(scheme, textFor(scheme, 'live key'), plan.signSettings)) continue
      const made = caseOf(spoil(plan, random.below(100_000)), [], 'beyond repair', clock)
      // A bit of \\u00e9 or of an exponent may change how a text is written and not what it says.
      if (made && !saysTheSame(made.body, plan.body)) yield made
    }
  }
}

function saysTheSame(one: Uint8Array, other: Uint8Array): boolean {
  if (Buffer.from(one).equals(Buffer.from(other))) return false
  try {
    const [first, second]: unknown[] = [one, other].map((bytes) =>
      JSON.parse(Buffer.from(bytes).toString()),
    )
    return JSON.stringify(first) === JSON.stringify(second)
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
