import type { Algorithm, Scheme } from '#contract/scheme.ts'
import { Checks } from '#engine/signatures/checks.ts'
import { compile, type CompiledScheme } from '#engine/signatures/compile.ts'
import { bodyHashProblem } from '#engine/signatures/head-outcome.ts'
import { claimProblem, tokenProblem } from '#engine/signatures/jwt.ts'
import { readRequest, type Reading } from '#engine/signatures/reading.ts'
import { publicUrl } from '#engine/signatures/url.ts'
import { signedBodyText } from '#engine/signatures/whole-body.ts'
import { ownKeys, otherKeys, type Secrets } from './secret-keys.ts'
import { otherAlgorithms, signatureCandidates, type Candidate } from './signature-candidates.ts'
import type { Change, Hit, Key, State } from './types.ts'

/** Bytes hashed between two looks at the clock. */
const BATCH_BYTES = 2 * 1024 * 1024
const BATCH_KEYS = 48
/** So many are tried on a machine that is busy with other things too, if it takes no longer than this. */
const LEAST = 100
const GRACE_MS = 50

/** Runs the engine's own checks over requests as they may have been, until time is up. */
export class Attempts {
  searched = 0
  timeIsUp = false
  readonly #secrets: Secrets
  readonly #clock: () => number
  readonly #deadline: number
  readonly #keys = new Map<string, { own: Key[]; others: Key[] | null }>()
  #lastReading: { scheme: Scheme; state: State; candidates: Candidate[]; reading: Reading } | null =
    null

  constructor(secrets: Secrets, clock: () => number, deadline: number) {
    this.#secrets = secrets
    this.#clock = clock
    this.#deadline = deadline
  }

  /** Whether there is time for more. */
  get goesOn(): boolean {
    if (!this.timeIsUp) {
      const lateMs = this.#clock() - this.#deadline
      this.timeIsUp = lateMs >= (this.searched < LEAST ? GRACE_MS : 0)
    }
    return !this.timeIsUp
  }

  own(state: State): readonly Key[] {
    return this.#keysOf(state).own
  }

  others(state: State): readonly Key[] {
    const keys = this.#keysOf(state)
    keys.others ??= otherKeys(state.scheme, this.#secrets, state.settings)
    return keys.others
  }

  #keysOf({ scheme, settings }: State) {
    const { key, keyText, algorithm, secretPrefix } = scheme
    const name = JSON.stringify([key, keyText, algorithm, secretPrefix])
    let keys = this.#keys.get(name)
    if (!keys) {
      keys = { own: ownKeys(scheme, this.#secrets, settings), others: null }
      this.#keys.set(name, keys)
    }
    return keys
  }

  /** The match with the fewest changes that these keys give; `null`: none. */
  try(state: State, changes: readonly Change[], keys: readonly Key[]): Hit | null {
    if (keys.length === 0) return null
    const { reading, candidates } = this.#read(state)
    if (candidates.length === 0 && !compile(state.scheme).procedure) return null
    let best: Hit | null = null
    const algorithms: readonly (Algorithm | null)[] = fitsDigest(state.scheme, candidates)
      ? [null, ...otherAlgorithms(state.scheme, candidates)]
      : otherAlgorithms(state.scheme, candidates)
    for (const algorithm of algorithms) {
      const hit = this.#tryAlgorithm(state, reading, candidates, algorithm, keys)
      if (hit && (!best || hit.changes.length + changes.length < best.changes.length)) {
        best = { ...hit, changes: [...changes, ...hit.changes] }
      }
    }
    return best
  }

  #read(state: State): { reading: Reading; candidates: Candidate[] } {
    const compiled = compile(state.scheme)
    const last = this.#lastReading
    const isSame =
      last &&
      last.state.head === state.head &&
      last.scheme.signature === state.scheme.signature &&
      last.scheme.timestamp === state.scheme.timestamp &&
      last.scheme.algorithm === state.scheme.algorithm &&
      last.scheme.messageId === state.scheme.messageId &&
      last.scheme.jwt === state.scheme.jwt &&
      (!compiled.readsBody || last.state.whole === state.whole)
    let { reading, candidates } = isSame ? last : { reading: null, candidates: null }
    if (!reading || !candidates) {
      reading = readRequest(compiled, state.head, state.whole)
      candidates = signatureCandidates(state.scheme, reading)
      this.#lastReading = { scheme: state.scheme, state, candidates, reading }
    }
    const { timestampText } = state
    return {
      candidates,
      reading: {
        ...reading,
        ...(timestampText === undefined ? {} : { timestampText }),
        header: { ...reading.header, signatures: candidates.map(({ signature }) => signature) },
      },
    }
  }

  #tryAlgorithm(
    state: State,
    reading: Reading,
    candidates: readonly Candidate[],
    algorithm: Algorithm | null,
    keys: readonly Key[],
  ): Hit | null {
    const tried =
      algorithm === null ? state : { ...state, scheme: withAlgorithm(state.scheme, algorithm) }
    const size = Math.max(1, Math.floor(BATCH_BYTES / Math.max(1, state.whole.bytes.byteLength)))
    const step = Math.min(BATCH_KEYS, size)
    let best: Hit | null = null
    for (let at = 0; at < keys.length && this.goesOn; at += step) {
      const batch = keys.slice(at, at + step)
      const found = this.#check(tried, reading, batch)
      if (!found) continue
      const key = batch.find(({ prepared }) => prepared === found.secret)
      const candidate = candidates[found.position]
      const written = candidate?.change ?? null
      // Another digest has another name before it: that is no second mistake.
      const second =
        algorithm !== null && written && /^with sha\d+= before it$/.test(written.from)
          ? null
          : written
      const changes = [
        ...(algorithm === null ? [] : [algorithmChange(state.scheme, algorithm)]),
        ...(key?.changes ?? []),
        ...(second ? [second] : []),
      ]
      if (!best || changes.length < best.changes.length)
        best = { changes, secret: found.secret, state: tried }
    }
    return best
  }

  /** The engine's verification over one state. */
  #check(state: State, reading: Reading, keys: readonly Key[]) {
    const compiled = compile(state.scheme)
    const { head, settings, whole } = state
    this.searched += keys.length
    const secrets = keys.map(({ prepared }) => prepared)
    const checks = Checks.start(compiled, reading, head, settings, secrets, whole)
    if (!(checks instanceof Checks)) return null
    const text = signedBodyText(state.scheme, whole)
    checks.update(text === null ? whole.bytes : Buffer.from(text))
    const { match } = checks.finish()
    if (!match || match.signature.text === '') return null
    if (bodyHashProblem(compiled, reading, head, checks.digests)) return null
    if (!tokenHolds(compiled, state, reading, checks)) return null
    return { secret: match.secret, position: match.signature.position }
  }
}

function tokenHolds(
  { scheme }: CompiledScheme,
  { head, settings }: State,
  { token }: Reading,
  checks: Checks,
): boolean {
  if (!scheme.jwt || !token) return !scheme.jwt
  if (tokenProblem(scheme, token)) return false
  const { issuerFrom } = scheme.jwt
  const issuer =
    scheme.jwt.issuer ?? (issuerFrom === undefined ? null : (settings[issuerFrom] ?? null))
  const facts = {
    form: scheme.jwt,
    issuer,
    url: publicUrl(head, settings),
    bodySha256: checks.digests.sha256(),
  }
  return claimProblem(token, facts) === null
}

const digestLengths: Readonly<Record<string, number>> = {
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
}

/** Whether any signature has the length of the scheme's digest; others need no look at that. */
function fitsDigest(
  { algorithm, content, jwt }: Scheme,
  candidates: readonly Candidate[],
): boolean {
  const length = digestLengths[algorithm.replace('hmac-', '')]
  if (length === undefined || content.startsWith('special:') || jwt) return true
  return candidates.some(({ byteLength }) => byteLength === length)
}

const variantSchemes = new WeakMap<Scheme, Map<Algorithm, Scheme>>()

function withAlgorithm(scheme: Scheme, algorithm: Algorithm): Scheme {
  const known = variantSchemes.get(scheme) ?? new Map<Algorithm, Scheme>()
  variantSchemes.set(scheme, known)
  const made = known.get(algorithm) ?? { ...scheme, algorithm }
  known.set(algorithm, made)
  return made
}

function algorithmChange(scheme: Scheme, algorithm: Algorithm): Change {
  const from = scheme.algorithm.toUpperCase()
  const to = algorithm.toUpperCase()
  return {
    ...{ code: 'algorithm', what: 'algorithm', from, to, weight: 0.6 },
    detail: `The sender uses ${to}; ${scheme.name} is ${from}.`,
    done: `With ${to} in place of ${from}`,
  }
}
