import { WholeBody } from '#engine/signatures/whole-body.ts'
import { contentCodingGuesses, charsetGuesses } from './coding-variants.ts'
import { formGuesses } from './form-variants.ts'
import { jsonGuesses } from './json-variants.ts'
import { newlineGuesses } from './newline-variants.ts'
import type { BodyGuess, Change, State, Variant } from './types.ts'

const CACHED_BYTES = 48 * 1024 * 1024

/** Bodies that may have been signed, cheap ones first; no two alike, none the one that came. */
export function* bodyVariants(state: State): Generator<Variant> {
  if (!coversBody(state)) return
  const { whole, head } = state
  const seen = new Seen(whole.bytes)
  yield* emptyVariants(state, seen)
  const guesses = [
    () => newlineGuesses(whole.bytes),
    () => jsonGuesses(whole),
    () => charsetGuesses(whole),
    () => formGuesses(whole),
    () => contentCodingGuesses(whole.bytes, head.rawHeaders),
    () => newlineAfterJson(whole),
  ]
  for (const make of guesses) {
    for (const guess of make()) {
      const variant = variantOf(guess, seen)
      if (variant) yield variant
    }
  }
}

/** Whether anything that is checked depends on the bytes of the body. */
export function coversBody({ scheme }: State): boolean {
  if (scheme.algorithm === 'shared-token' || scheme.algorithm === 'basic-auth') return false
  if (scheme.jwt) return scheme.jwt.body !== undefined
  if (scheme.bodyHash || scheme.content.startsWith('special:')) return true
  return /\{(?:body|json|form)/.test(scheme.content)
}

function* emptyVariants({ whole }: State, seen: Seen): Generator<Variant> {
  const empty: Omit<BodyGuess, 'bytes'> = {
    code: 'body-empty',
    detail: 'an empty body',
    done: 'Over an empty body',
    weight: 0.8,
  }
  const made = [
    variantOf({ ...empty, bytes: () => new Uint8Array(0) }, seen),
    whole.bytes.byteLength === 0
      ? variantOf(
          {
            ...empty,
            detail: '{} in place of nothing',
            done: 'Over {} in place of the empty body',
            bytes: () => Buffer.from('{}'),
          },
          seen,
        )
      : null,
  ]
  for (const variant of made) if (variant) yield variant
}

/** What pretty printers and editors do at once: another layout and a final newline. */
function* newlineAfterJson(whole: WholeBody): Generator<BodyGuess> {
  for (const guess of jsonGuesses(whole)) {
    if (guess.weight < 0.25) continue
    yield {
      ...guess,
      done: `${guess.done} and a final newline`,
      weight: guess.weight * 0.4,
      bytes: () => {
        const bytes = guess.bytes()
        return bytes && Buffer.concat([bytes, Buffer.from('\n')])
      },
    }
  }
}

function variantOf(guess: BodyGuess, seen: Seen): Variant | null {
  const bytes = guess.bytes()
  if (!bytes || !seen.add(bytes)) return null
  const { code, detail, done, weight } = guess
  const change: Change = {
    ...{ code, detail, done, weight, what: 'body' },
    from: 'as it came',
    to: detail,
  }
  const whole = seen.keep(bytes)
  return {
    change,
    apply: (state) => {
      const body = whole ?? remade(guess)
      const { signedBody: _, ...scheme } = state.scheme
      // A scheme that writes the body anew itself is given the bytes as they are supposed to be.
      return {
        ...state,
        whole: body,
        scheme: state.scheme.signedBody ? rawScheme(state, scheme) : state.scheme,
      }
    },
  }
}

const rawSchemes = new WeakMap<State['scheme'], State['scheme']>()

function rawScheme(state: State, scheme: State['scheme']): State['scheme'] {
  const known = rawSchemes.get(state.scheme)
  if (known) return known
  rawSchemes.set(state.scheme, scheme)
  return scheme
}

function remade(guess: BodyGuess): WholeBody {
  return new WholeBody(guess.bytes() ?? new Uint8Array(0))
}

/** Bodies that were tried already, told apart by length and a sum; keeps some of them whole. */
class Seen {
  readonly #seen = new Set<string>()
  #room = CACHED_BYTES

  constructor(first: Uint8Array) {
    this.#seen.add(fingerprint(first))
  }

  add(bytes: Uint8Array): boolean {
    const print = fingerprint(bytes)
    if (this.#seen.has(print)) return false
    this.#seen.add(print)
    return true
  }

  keep(bytes: Uint8Array): WholeBody | null {
    if (bytes.byteLength > this.#room) return null
    this.#room -= bytes.byteLength
    return new WholeBody(bytes)
  }
}

function fingerprint(bytes: Uint8Array): string {
  let sum = 0
  for (let index = 0; index < bytes.length; index++)
    sum = (Math.imul(sum, 31) + (bytes[index] ?? 0)) | 0
  return `${bytes.byteLength} ${sum}`
}
