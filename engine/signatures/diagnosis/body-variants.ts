import { isCredential } from '#contract/credential.ts'
import type { Scheme } from '#contract/scheme.ts'
import { WholeBody } from '#engine/signatures/whole-body.ts'
import { contentCodingGuesses, charsetGuesses } from './coding-variants.ts'
import { formGuesses } from './form-variants.ts'
import { Kept } from './kept.ts'
import { jsonGuesses } from './json-variants.ts'
import { newlineGuesses } from './newline-variants.ts'
import type { BodyGuess, Change, State, Variant } from './types.ts'

const CACHED_BYTES = 48 * 1024 * 1024

/** Bodies that may have been signed; no two alike, none the one that came; made when asked for. */
export class Bodies {
  /** Empty, and other line ends. */
  readonly cheap: Kept<Variant>
  /** Other JSON, charsets, forms and codings. */
  readonly dear: Kept<Variant>
  /** The same, unlikely ones. */
  readonly rare: Kept<Variant>

  constructor({ whole, head }: Pick<State, 'whole' | 'head'>) {
    const seen = new Seen(whole.bytes)
    this.cheap = new Kept(
      variantsOf(seen, concatenated([emptyGuesses(whole), newlineGuesses(whole.bytes)])),
    )
    const all = () =>
      concatenated([
        jsonGuesses(whole),
        charsetGuesses(whole),
        formGuesses(whole),
        contentCodingGuesses(whole.bytes, head.rawHeaders),
        newlineAfterJson(whole),
      ])
    this.dear = new Kept(variantsOf(seen, weighing(all(), RARE, 1)))
    this.rare = new Kept(variantsOf(seen, weighing(all(), 0, RARE)))
  }
}

/** Below this weight a guess is tried last, and with nothing else. */
const RARE = 0.15

function* concatenated(all: readonly Iterable<BodyGuess>[]): Generator<BodyGuess> {
  for (const each of all) yield* each
}

function* weighing(all: Iterable<BodyGuess>, from: number, below: number): Generator<BodyGuess> {
  for (const guess of all) {
    const { weight } = guess
    if (weight >= from && (weight < below || below === 1)) yield guess
  }
}

function* variantsOf(seen: Seen, guesses: Iterable<BodyGuess>): Generator<Variant> {
  for (const guess of guesses) {
    const variant = variantOf(guess, seen)
    if (variant) yield variant
  }
}

/** Whether anything that is checked depends on the bytes of the body. */
export function coversBody({ scheme }: State): boolean {
  if (isCredential(scheme)) return false
  if (scheme.jwt) return scheme.jwt.body !== undefined
  if (scheme.bodyHash || scheme.content.startsWith('special:')) return true
  return /\{(?:body|json|form)/.test(scheme.content)
}

const overNothing = (detail: string, done: string, text: string): BodyGuess => ({
  ...{ code: 'body-empty', detail, done, weight: 0.8 },
  bytes: () => Buffer.from(text),
})

function* emptyGuesses({ bytes }: WholeBody): Generator<BodyGuess> {
  yield overNothing('empty', 'Over an empty body', '')
  if (bytes.byteLength === 0) yield overNothing('{}', 'Over {} in place of the empty body', '{}')
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
    apply: (state) => ({
      ...state,
      whole: whole ?? remade(guess),
      scheme: overRawBody(state.scheme),
    }),
  }
}

const rawSchemes = new WeakMap<Scheme, Scheme>()

/** A scheme that writes the body anew itself is given the bytes as they are supposed to be. */
function overRawBody(scheme: Scheme): Scheme {
  if (scheme.signedBody === undefined || scheme.signedBody === 'raw') return scheme
  const made: Scheme = rawSchemes.get(scheme) ?? { ...scheme, signedBody: 'raw' }
  rawSchemes.set(scheme, made)
  return made
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
