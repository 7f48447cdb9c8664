import { claimsOf, type Part } from './claims.ts'
import type { CompiledScheme } from './compile.ts'
import { lackingOutcome, type Outcome } from './head-outcome.ts'
import type { ReceivedSignature } from './parse.ts'
import type { SignedTexts } from './procedures/procedure.ts'
import type { Reading } from './reading.ts'
import {
  BodyDigests,
  firstDifference,
  partText,
  startCheck,
  type Produced,
  type Running,
} from './running.ts'
import type { PreparedSecret, RequestHead, Settings } from './types.ts'
import type { WholeBody } from './whole-body.ts'

export interface Match {
  secret: PreparedSecret
  signature: ReceivedSignature
}

/** What all checks of a request came to. */
export interface Found {
  /** The first received signature that a secret accounts for; with several claims, of the first. */
  match: Match | null
  /** By secret, of the first claim and content: the signature that it should be. */
  expected: readonly (string | null)[]
}

/** One received signature against one secret. */
export interface Comparison {
  signature: ReceivedSignature
  secret: PreparedSecret | null
  /** `null`: only the sender can make it, it is the secret, or it cannot be made here. */
  expected: string | null
  matches: boolean
  /** Index of the first differing character; `null`: they cannot be compared. */
  differsAt: number | null
}

/** One content against one secret. */
interface Check {
  secret: PreparedSecret
  parts: readonly Part[]
  running: Running
  /** Where in `parts` the raw body stands; what comes before it is in `running` already. */
  bodyAt: number
}

interface Claim {
  signatures: readonly ReceivedSignature[]
  /** Alternatives: by content, then by secret. */
  checks: readonly (readonly Check[])[]
}

/** All claims of one request against all secrets, fed while the body streams past. */
export class Checks {
  readonly digests: BodyDigests
  readonly #claims: readonly Claim[]
  readonly #body: WholeBody | null

  private constructor(claims: readonly Claim[], digests: BodyDigests, body: WholeBody | null) {
    this.#claims = claims
    this.digests = digests
    this.#body = body
  }

  /** An outcome when the request lacks what would be signed. */
  static start(
    compiled: CompiledScheme,
    reading: Reading,
    head: RequestHead,
    settings: Settings,
    secrets: readonly PreparedSecret[],
    body: WholeBody | null = null,
  ): Checks | Outcome {
    const claims = claimsOf(compiled, reading, head, settings, body)
    if ('code' in claims) return lackingOutcome(claims)
    const digests = new BodyDigests(wantedDigests(compiled, claims))
    // A digest may stand in front of the body itself.
    if (body) digests.update(body.bytes)
    const started = claims.map((claim) => startClaim(claim, compiled, secrets, digests, body))
    return new Checks(started, digests, body)
  }

  update(chunk: Uint8Array): void {
    if (!this.#body) this.digests.update(chunk)
    for (const { checks } of this.#claims) {
      for (const alternatives of checks) {
        for (const { running, bodyAt } of alternatives) if (bodyAt >= 0) running.update(chunk)
      }
    }
  }

  /** May be called once. */
  finish(): Found {
    let match: Match | null = null
    let expected: (string | null)[] | null = null
    for (const claim of this.#claims) {
      let matched: Match | null = null
      for (const alternatives of claim.checks) {
        const produced = alternatives.map((check) => this.#finishOne(check))
        expected ??= produced.map((each) => each.expected)
        matched ??= findMatch(claim.signatures, alternatives, produced)
        if (matched) break
      }
      if (!matched) return { match: null, expected: expected ?? [] }
      match ??= matched
    }
    return { match, expected: expected ?? [] }
  }

  /** Every received signature against every secret, over the first content; instead of `finish`. */
  compare(): Comparison[] {
    return this.#claims.flatMap(({ signatures, checks: [alternatives = []] }) => {
      const produced = alternatives.map((check) => this.#finishOne(check))
      return signatures.flatMap((signature) =>
        alternatives.map(({ secret }, index): Comparison => {
          const made = signature.known ? produced[index] : undefined
          const expected = made?.expected ?? null
          const matches = made?.matches(signature) ?? false
          const differsAt =
            expected === null
              ? (made?.differsAt?.(signature.text) ?? null)
              : firstDifference(signature.text, expected)
          return { signature, secret, expected, matches, differsAt }
        }),
      )
    })
  }

  #finishOne({ parts, running, bodyAt, secret }: Check): Produced {
    const rest = bodyAt >= 0 ? parts.slice(bodyAt + 1) : isLate(parts) ? parts : []
    const text = textOf(rest, secret, this.digests, this.#body)
    if (text !== '') running.update(text)
    return running.finish()
  }
}

function startClaim(
  { signatures, contents, algorithm }: SignedTexts,
  { scheme }: CompiledScheme,
  secrets: readonly PreparedSecret[],
  digests: BodyDigests,
  body: WholeBody | null,
): Claim {
  const checks = contents.map((parts) =>
    secrets.map((secret): Check => {
      const running = startCheck({
        algorithm: algorithm ?? scheme.algorithm,
        form: scheme.signature,
        secret,
        signatures,
      })
      if (body && parts.filter(isRaw).length > 1) {
        for (const part of parts) {
          running.update(isRaw(part) ? body.bytes : textOf([part], secret, digests, body))
        }
        return { secret, parts, running, bodyAt: -1 }
      }
      const bodyAt = parts.findIndex(isRaw)
      if (bodyAt >= 0 || !isLate(parts)) {
        const before = bodyAt >= 0 ? parts.slice(0, bodyAt) : parts
        const text = textOf(before, secret, digests, body)
        if (text !== '') running.update(text)
      }
      return { secret, parts, running, bodyAt }
    }),
  )
  return { signatures, checks }
}

function isRaw(part: Part): boolean {
  return part.kind === 'body' && part.as === 'raw'
}

/** Speaks of a digest of the body, which is known only at its end. */
function isLate(parts: readonly Part[]): boolean {
  return parts.some((part) => part.kind === 'body' && part.as !== 'raw')
}

function textOf(
  parts: readonly Part[],
  secret: PreparedSecret,
  digests: BodyDigests,
  body: WholeBody | null,
): string {
  let text = ''
  for (const part of parts) text += partText(part, secret, digests, body) ?? ''
  return text
}

function wantedDigests({ scheme }: CompiledScheme, claims: readonly SignedTexts[]) {
  let sha256 = scheme.jwt?.body !== undefined || scheme.bodyHash?.digest === 'sha256'
  let crc32 = false
  for (const { contents } of claims) {
    for (const part of contents.flat()) {
      if (part.kind !== 'body') continue
      if (part.as === 'sha256-hex') sha256 = true
      if (part.as === 'crc32') crc32 = true
    }
  }
  return { sha256, sha512: scheme.bodyHash?.digest === 'sha512', crc32 }
}

/** The first received signature that any secret accounts for. */
function findMatch(
  signatures: readonly ReceivedSignature[],
  checks: readonly Check[],
  produced: readonly Produced[],
): Match | null {
  for (const signature of signatures) {
    if (!signature.known) continue
    for (let index = 0; index < checks.length; index++) {
      const secret = checks[index]?.secret
      if (secret && produced[index]?.matches(signature)) return { secret, signature }
    }
  }
  return null
}
