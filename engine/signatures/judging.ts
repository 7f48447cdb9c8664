import type { Tolerance } from '#contract/verification.ts'
import { Checks, type Found } from './checks.ts'
import type { CompiledScheme } from './compile.ts'
import { oneFamily } from './header-family.ts'
import { bodyHashProblem, challengeOutcome, headOutcome, type Outcome } from './head-outcome.ts'
import { claimProblem, judgeTokenTimes } from './jwt.ts'
import { noticesFor } from './notices.ts'
import { readPlace } from './place.ts'
import { readRequest, sourcesFor, type Reading } from './reading.ts'
import * as say from './sentences.ts'
import { signatureDigest } from './signature-digest.ts'
import { judgeAge, skewSeconds } from './timestamp.ts'
import type { Incomplete, VerifyContext } from './types.ts'
import { publicUrl } from './url.ts'
import type { Judged } from './verify.ts'
import { signedBodyText, WholeBody } from './whole-body.ts'

/** What the bytes of the body decided. */
interface Decision extends Outcome {
  found: Found
  reserialised: boolean
}

const nothingFound: Found = { match: null, expected: [] }

/** One delivery being judged with one scheme: the head first, then the bytes, then the verdict. */
export class Judging {
  readonly #context: VerifyContext
  readonly #compiled: CompiledScheme
  /** `null` until the body is known, where values that count stand in it. */
  #reading: Reading | null = null
  #headOutcome: Outcome | null = null
  #checks: Checks | null = null

  constructor(context: VerifyContext, compiled: CompiledScheme) {
    const head = oneFamily(compiled, context.head)
    this.#context = head === context.head ? context : { ...context, head }
    this.#compiled = compiled
    if (!compiled.readsBody) this.#read(null)
  }

  #read(body: WholeBody | null): Reading {
    const { head, settings = {}, secrets } = this.#context
    const reading = readRequest(this.#compiled, head, body)
    this.#reading = reading
    this.#headOutcome = headOutcome(this.#compiled, reading, this.#context, body)
    if (!this.#headOutcome && this.#compiled.streamable) {
      const started = Checks.start(this.#compiled, reading, head, settings, secrets)
      if (started instanceof Checks) this.#checks = started
      else this.#headOutcome = started
    }
    return reading
  }

  /** The head alone has not decided, so that the bytes of the body matter. */
  get wantsBytes(): boolean {
    return this.#checks !== null
  }

  update(chunk: Uint8Array): void {
    this.#checks?.update(chunk)
  }

  /** The verdict alone; `judge` says everything else too. To be called once, or the other. */
  decide(incomplete: Incomplete | null, body: WholeBody | null): Outcome {
    const complete = incomplete ? null : body
    return this.#decide(this.#readingOf(complete), incomplete, complete)
  }

  #readingOf(body: WholeBody | null): Reading {
    if (this.#reading) return this.#reading
    if (body) return this.#read(body)
    return readRequest(this.#compiled, this.#context.head, new WholeBody(new Uint8Array(0)))
  }

  judge(byteLength: number, incomplete: Incomplete | null, body: WholeBody | null): Judged {
    const complete = incomplete ? null : body
    const reading = this.#readingOf(complete)
    const decision = this.#decide(reading, incomplete, complete)
    const { scheme } = this.#compiled
    const { timestamp } = reading
    const skew = timestamp ? skewSeconds(timestamp, this.#context.atMs) : null
    const sources = sourcesFor(
      this.#compiled,
      this.#context.head,
      complete,
      reading.header,
      reading.token,
    )
    const { match, expected } = decision.found
    const verification = {
      verdict: decision.verdict,
      schemeId: scheme.id,
      reason: decision.reason,
      messageId: scheme.messageId ? readPlace(scheme.messageId, sources) : null,
      eventType: firstOf(scheme.eventType, sources),
      timestamp,
      skewSeconds: skew,
      tolerance: this.#tolerance(),
      matchedSecretId: match?.secret.id ?? null,
      matchedSecretName: match?.secret.name ?? null,
      notices: noticesFor({
        scheme,
        reading,
        head: this.#context.head,
        verdict: decision.verdict,
        match,
        expected,
        byteLength,
        body,
        reserialised: decision.reserialised,
        skewSeconds: skew,
      }),
    }
    return { verification, signatureDigest: signatureDigest(reading) }
  }

  #decide(reading: Reading, incomplete: Incomplete | null, body: WholeBody | null): Decision {
    const bare = { found: nothingFound, reserialised: false }
    const { scheme } = this.#compiled
    const challenge = challengeOutcome(scheme, reading, this.#context.head, body)
    if (challenge) return { ...challenge, ...bare }
    if (incomplete) {
      const reason = { code: 'incomplete', sentence: incomplete.sentence }
      return { verdict: 'incomplete', reason, ...bare }
    }
    if (this.#compiled.readsBody && !body) {
      return { verdict: 'incomplete', reason: say.bodyNotKept, ...bare }
    }
    if (this.#headOutcome) return { ...this.#headOutcome, ...bare }
    if (!this.#checks && !body) {
      return { verdict: 'incomplete', reason: say.bodyNotKept, ...bare }
    }
    return this.#compare(reading, body)
  }

  #compare(reading: Reading, body: WholeBody | null): Decision {
    const { scheme } = this.#compiled
    const checks = this.#checks ?? this.#checksOver(reading, body, null)
    if (!(checks instanceof Checks)) return { ...checks, found: nothingFound, reserialised: false }
    const raw = checks.finish()
    const text = body ? signedBodyText(scheme, body) : null
    if (body && text !== null && text !== body.text) {
      const again = this.#checksOver(reading, body, text)
      const found = again instanceof Checks ? again.finish() : nothingFound
      if (found.match) return this.#matched(reading, body, checks, found, body.bytes.byteLength > 0)
      return this.#unmatched(reading, found, raw.match ? say.onlyRawBody : null)
    }
    if (raw.match) return this.#matched(reading, body, checks, raw, false)
    const { signatures } = reading.header
    if (!body && scheme.signedBody === 'compact-json' && signatures.some((each) => each.known)) {
      const reason = say.tooLargeToReserialise
      return { verdict: 'incomplete', reason, found: { ...raw, match: null }, reserialised: false }
    }
    return this.#unmatched(reading, raw, null)
  }

  /** Checks over a body that is known whole; `text` stands in its place if given. */
  #checksOver(reading: Reading, body: WholeBody | null, text: string | null): Checks | Outcome {
    const { head, settings = {}, secrets } = this.#context
    const whole = body && text !== null ? new WholeBody(Buffer.from(text)) : body
    const started = Checks.start(this.#compiled, reading, head, settings, secrets, whole)
    if (started instanceof Checks && whole) started.update(whole.bytes)
    return started
  }

  #matched(
    reading: Reading,
    body: WholeBody | null,
    checks: Checks,
    found: Found,
    reserialised: boolean,
  ): Decision {
    const { scheme } = this.#compiled
    const { atMs, head, settings = {} } = this.#context
    const { timestamp, token } = reading
    const result = { found, reserialised }
    const unmatched = { found: { ...found, match: null }, reserialised }
    const wrong =
      bodyHashProblem(this.#compiled, reading, head, checks.digests, body) ??
      (token && scheme.jwt
        ? claimProblem(token, {
            form: scheme.jwt,
            issuer: scheme.jwt.issuer ?? issuerSetting(scheme.jwt.issuerFrom, settings),
            url: publicUrl(head, settings),
            bodySha256: checks.digests.sha256(),
          })
        : null)
    if (wrong) return { verdict: 'invalid', reason: wrong, ...unmatched }
    const skew = timestamp ? skewSeconds(timestamp, atMs) : null
    const tolerance = this.#tolerance()
    if (token && scheme.jwt) {
      // What dates itself with `iat` may carry these claims too; then nobody documents any slack.
      const slack = scheme.jwt.times === 'exp-nbf' ? tolerance : null
      const side = judgeTokenTimes(token, slack, atMs)
      if (side !== 'inside') return { verdict: 'stale', reason: say.tokenStale(side), ...result }
    }
    if (scheme.timestamp && timestamp && tolerance && skew !== null) {
      const side = judgeAge(scheme.timestamp, timestamp, tolerance, atMs)
      if (side !== 'inside') {
        const own = this.#context.tolerance !== null
        const reason = say.staleReason(scheme, side, skew, tolerance, own)
        return { verdict: 'stale', reason, ...result }
      }
    }
    const name = found.match?.secret.name ?? ''
    return { verdict: 'valid', reason: say.validReason(name, skew), ...result }
  }

  #unmatched(reading: Reading, found: Found, reason: say.Reason | null): Decision {
    const result = { found: { ...found, match: null }, reserialised: false }
    const checkable = reading.header.signatures.some((signature) => signature.known)
    if (this.#context.lockedSecrets && checkable && !reason) {
      return { verdict: 'locked', reason: say.someLocked, ...result }
    }
    const { scheme } = this.#compiled
    return { verdict: 'invalid', reason: reason ?? say.invalidReason(scheme, reading), ...result }
  }

  /** The endpoint's own, else the scheme's; `null` for a scheme without timestamps. */
  #tolerance(): Tolerance | null {
    const { scheme } = this.#compiled
    if (scheme.jwt?.times === 'exp-nbf') return this.#context.tolerance ?? scheme.tolerance
    return scheme.timestamp ? (this.#context.tolerance ?? scheme.tolerance) : null
  }
}

function issuerSetting(name: string | undefined, settings: VerifyContext['settings']) {
  return name === undefined ? null : (settings?.[name] ?? null)
}

function firstOf(
  places: readonly Parameters<typeof readPlace>[0][],
  sources: Parameters<typeof readPlace>[1],
): string | null {
  for (const place of places) {
    const value = readPlace(place, sources)
    if (value !== null) return value
  }
  return null
}
