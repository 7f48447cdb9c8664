import type { Tolerance, Verification } from '#contract/verification.ts'
import type { CompiledScheme } from './compile.ts'
import { digestWhole, findMatch, StreamedDigests, type Match } from './digests.ts'
import { challengeOutcome, headOutcome, type Outcome } from './head-outcome.ts'
import { noticesFor } from './notices.ts'
import { readHead, readPlace, type Reading } from './reading.ts'
import * as say from './sentences.ts'
import { judgeAge, skewSeconds } from './timestamp.ts'
import type { Incomplete, VerifyContext } from './types.ts'
import { signedBodyText, type WholeBody } from './whole-body.ts'

/** What the bytes of the body decided. */
interface Decision extends Outcome {
  match: Match | null
  expected: readonly string[]
  reserialised: boolean
}

/** One delivery being judged with one scheme: the head first, then the bytes, then the verdict. */
export class Judging {
  readonly #context: VerifyContext
  readonly #compiled: CompiledScheme
  readonly #reading: Reading
  readonly #challenge: Outcome | null
  readonly #headOutcome: Outcome | null
  readonly #digests: StreamedDigests | null

  constructor(context: VerifyContext, compiled: CompiledScheme) {
    this.#context = context
    this.#compiled = compiled
    this.#reading = readHead(compiled, context.head)
    this.#challenge = challengeOutcome(compiled.scheme, this.#reading, context.head)
    this.#headOutcome = headOutcome(compiled, this.#reading, context)
    const decided = this.#challenge ?? this.#headOutcome
    this.#digests =
      decided || !compiled.streamable
        ? null
        : new StreamedDigests(compiled, this.#reading, context.secrets)
  }

  /** The head alone has not decided, so that the bytes of the body matter. */
  get wantsBytes(): boolean {
    return this.#digests !== null
  }

  update(chunk: Uint8Array): void {
    this.#digests?.update(chunk)
  }

  judge(byteLength: number, incomplete: Incomplete | null, body: WholeBody | null): Verification {
    const decision = this.#decide(incomplete, body)
    const { scheme } = this.#compiled
    const { timestamp } = this.#reading
    const skew = timestamp ? skewSeconds(timestamp, this.#context.atMs) : null
    const complete = incomplete ? null : body
    return {
      verdict: decision.verdict,
      schemeId: scheme.id,
      reason: decision.reason,
      messageId: scheme.messageId
        ? readPlace(scheme.messageId, this.#context.head, complete)
        : null,
      eventType: this.#eventType(complete),
      timestamp,
      skewSeconds: skew,
      tolerance: this.#tolerance(),
      matchedSecretId: decision.match?.secret.id ?? null,
      matchedSecretName: decision.match?.secret.name ?? null,
      notices: noticesFor({
        scheme,
        reading: this.#reading,
        verdict: decision.verdict,
        match: decision.match,
        expected: decision.expected,
        byteLength,
        body,
        reserialised: decision.reserialised,
        skewSeconds: skew,
      }),
    }
  }

  #decide(incomplete: Incomplete | null, body: WholeBody | null): Decision {
    const bare = { match: null, expected: [], reserialised: false }
    if (this.#challenge) return { ...this.#challenge, ...bare }
    if (incomplete) {
      const reason = { code: 'incomplete', sentence: incomplete.sentence }
      return { verdict: 'incomplete', reason, ...bare }
    }
    if (this.#headOutcome) return { ...this.#headOutcome, ...bare }
    if (!this.#digests && !body) {
      return { verdict: 'incomplete', reason: say.bodyNotKept, ...bare }
    }
    return this.#compare(body)
  }

  #compare(body: WholeBody | null): Decision {
    const { secrets } = this.#context
    const { scheme } = this.#compiled
    const { signatures } = this.#reading.header
    const raw = this.#digests?.finish() ?? (body ? this.#digestsOver(body, null) : [])
    const rawMatch = findMatch(signatures, secrets, raw)
    const text = body ? signedBodyText(scheme, body) : null
    if (body && text !== null && text !== body.text) {
      const expected = this.#digestsOver(body, text)
      const match = findMatch(signatures, secrets, expected)
      if (match) return this.#matched(match, expected, body.bytes.byteLength > 0)
      const reason = rawMatch ? say.onlyRawBody : null
      return this.#unmatched(expected, reason)
    }
    if (rawMatch) return this.#matched(rawMatch, raw, false)
    if (!body && scheme.signedBody === 'compact-json' && signatures.some((each) => each.known)) {
      const reason = say.tooLargeToReserialise
      return { verdict: 'incomplete', reason, match: null, expected: raw, reserialised: false }
    }
    return this.#unmatched(raw, null)
  }

  #digestsOver(body: WholeBody, bodyText: string | null): string[] {
    return this.#context.secrets.map((secret) =>
      digestWhole(this.#compiled, this.#reading, secret, body, bodyText),
    )
  }

  #matched(match: Match, expected: readonly string[], reserialised: boolean): Decision {
    const { scheme } = this.#compiled
    const { timestamp } = this.#reading
    const { atMs } = this.#context
    const skew = timestamp ? skewSeconds(timestamp, atMs) : null
    const found = { match, expected, reserialised }
    const tolerance = this.#tolerance()
    if (scheme.timestamp && timestamp && tolerance && skew !== null) {
      const side = judgeAge(scheme.timestamp, timestamp, tolerance, atMs)
      if (side !== 'inside') {
        const own = this.#context.tolerance !== null
        const reason = say.staleReason(scheme, side, skew, tolerance, own)
        return { verdict: 'stale', reason, ...found }
      }
    }
    return { verdict: 'valid', reason: say.validReason(match.secret.name, skew), ...found }
  }

  #unmatched(expected: readonly string[], reason: say.Reason | null): Decision {
    const found = { match: null, expected, reserialised: false }
    const checkable = this.#reading.header.signatures.some((signature) => signature.known)
    if (this.#context.lockedSecrets && checkable && !reason) {
      return { verdict: 'locked', reason: say.someLocked, ...found }
    }
    const { scheme } = this.#compiled
    return {
      verdict: 'invalid',
      reason: reason ?? say.invalidReason(scheme, this.#reading),
      ...found,
    }
  }

  /** The endpoint's own, else the scheme's; `null` for a scheme without timestamps. */
  #tolerance(): Tolerance | null {
    const { scheme } = this.#compiled
    return scheme.timestamp ? (this.#context.tolerance ?? scheme.tolerance) : null
  }

  #eventType(body: WholeBody | null): string | null {
    for (const place of this.#compiled.scheme.eventType) {
      const value = readPlace(place, this.#context.head, body)
      if (value !== null) return value
    }
    return null
  }
}
