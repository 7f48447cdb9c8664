import type { Verdict } from '#contract/verdict.ts'
import type { Notice } from '#contract/verification.ts'
import type { Match } from './checks.ts'
import { decodeLaxly } from './encoding.ts'
import { fieldValue } from './parse.ts'
import type { Reading } from './reading.ts'
import { duration } from './sentences.ts'
import { readLaxly } from './timestamp.ts'
import type { Scheme, SdkBehaviour } from '#contract/scheme.ts'
import { equalText } from './running.ts'
import { headerText } from './reading.ts'
import type { RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** What the notices of one verification are told from. */
export interface NoticeFacts {
  scheme: Scheme
  reading: Reading
  head: RequestHead
  verdict: Verdict
  match: Match | null
  /** Expected signatures, empty when none were made. */
  expected: readonly (string | null)[]
  byteLength: number
  /** `null`: too large to be known whole. */
  body: WholeBody | null
  /** The signature matched only once the body was re-serialised. */
  reserialised: boolean
  skewSeconds: number | null
}

/** Where the provider's own package decides otherwise, or reads something differently. */
export function noticesFor(facts: NoticeFacts): Notice[] {
  const { sdk } = facts.scheme
  if (!sdk) return []
  if (facts.verdict === 'malformed') return laxTimestamp(facts, sdk)
  if (facts.verdict === 'invalid') return laxSignature(facts, sdk)
  if (!facts.match) return []
  return [
    ...timestampNotices(facts, sdk),
    ...bodyNotices(facts, sdk),
    ...triedSignature(facts, sdk, facts.match),
    ...headerNotices(facts, sdk),
    ...formNotices(facts, sdk),
  ]
}

function laxTimestamp({ reading }: NoticeFacts, sdk: SdkBehaviour): Notice[] {
  const text = reading.timestampText
  if (text === null || reading.timestamp || !sdk.timestampParsing) return []
  if (reading.header.signatures.length === 0) return []
  const value = readLaxly(text, sdk.timestampParsing)
  if (value === null) return []
  const sentence = `${sdk.name} reads this timestamp as ${value} and goes on with that.`
  return [{ code: 'sdk-reads-timestamp-laxly', sentence }]
}

function laxSignature({ scheme, reading, expected }: NoticeFacts, sdk: SdkBehaviour): Notice[] {
  const { encoding } = scheme.signature
  if (!sdk.decodesSignature || encoding === 'text') return []
  for (const signature of reading.header.signatures) {
    if (!signature.known) continue
    const decoded = decodeLaxly(signature.text, encoding)
    if (!expected.some((each) => each !== null && equalText(decoded, each))) continue
    const form =
      encoding === 'hex' ? 'lower-case hex' : encoding === 'upper-hex' ? 'upper-case hex' : encoding
    const sentence = `${sdk.name} decodes the signature before it compares and would accept this; the documented form is ${form} and nothing after it.`
    return [{ code: 'sdk-decodes-signature', sentence }]
  }
  return []
}

function timestampNotices(facts: NoticeFacts, sdk: SdkBehaviour): Notice[] {
  const { scheme, reading, skewSeconds } = facts
  const notices: Notice[] = []
  if (sdk.timestampUnit === 'ms' && reading.timestamp?.unit === 's') {
    const sentence = `The timestamp is in seconds, as ${scheme.name}’s page says; ${sdk.name} reads milliseconds and would refuse it as expired.`
    notices.push({ code: 'sdk-reads-milliseconds', sentence })
  }
  const { timestampField } = scheme.signature
  if (sdk.wantsEqualTimestamps && timestampField) {
    const beside = fieldValue(scheme.signature, reading.header, timestampField)
    if (beside !== reading.timestampText) {
      const says = beside === null ? 'is missing' : `says ${beside.slice(0, 60)}`
      const sentence = `\`${timestampField}=\` ${says} beside the timestamp ${reading.timestampText ?? ''}; the documented check does not look at it, ${sdk.name} would refuse.`
      notices.push({ code: 'sdk-wants-equal-timestamps', sentence })
    }
  }
  const { futureSeconds } = sdk
  if (futureSeconds !== undefined && skewSeconds !== null && facts.verdict === 'valid') {
    if (Math.ceil(skewSeconds) > futureSeconds) {
      const sentence = `The timestamp is ${duration(skewSeconds)} ahead of this clock; ${sdk.name} refuses every timestamp in the future.`
      notices.push({ code: 'sdk-refuses-future', sentence })
    }
  }
  return notices
}

function bodyNotices(facts: NoticeFacts, sdk: SdkBehaviour): Notice[] {
  const { scheme, body, byteLength } = facts
  const notices: Notice[] = []
  if (facts.reserialised) {
    const sentence = `The signature matches the re-serialised JSON, not the raw bytes; ${sdk.name} checks it that way, a check over the raw body would refuse.`
    notices.push({ code: 'body-reserialised', sentence })
  }
  if (scheme.signedBody === 'compact-json' && !body) {
    const sentence = `The body is too large to re-serialise here; ${sdk.name} does, and may decide otherwise.`
    notices.push({ code: 'body-not-reserialised', sentence })
  }
  if (sdk.refusesEmptyBody && byteLength === 0) {
    const sentence = `The body is empty; ${sdk.name} refuses that before it checks anything.`
    notices.push({ code: 'sdk-refuses-empty-body', sentence })
  }
  if (!body || byteLength === 0) return notices
  if (sdk.decodesBody && !body.isUtf8) {
    const sentence = `The body is not UTF-8; ${sdk.name} turns it into text first and would refuse it.`
    notices.push({ code: 'sdk-decodes-body', sentence })
  } else if (sdk.dropsByteOrderMark && startsWithByteOrderMark(body.bytes)) {
    const sentence = `The body begins with a byte-order mark; ${sdk.name} drops it from bytes and would refuse.`
    notices.push({ code: 'sdk-drops-byte-order-mark', sentence })
  } else if (sdk.refusesNonJson && !body.json) {
    const sentence = `The body is not JSON; ${sdk.name} parses it and would refuse.`
    notices.push({ code: 'sdk-needs-json', sentence })
  } else if (sdk.reserialises && body.compact !== body.text) {
    const sentence = `${sdk.name} checks the body as JSON.stringify writes it, which is not how this one came; it would refuse.`
    notices.push({ code: 'sdk-reserialises', sentence })
  }
  return notices
}

function startsWithByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function triedSignature({ reading }: NoticeFacts, sdk: SdkBehaviour, match: Match): Notice[] {
  if (!sdk.tries) return []
  const known = reading.header.signatures.filter((signature) => signature.known)
  const tried = sdk.tries === 'first' ? known[0] : known[known.length - 1]
  if (!tried || equalText(tried.text, match.signature.text)) return []
  const sentence = `Of several ${match.signature.version ?? ''} signatures ${sdk.name} tries only the ${sdk.tries}, and would refuse this.`
  return [{ code: 'sdk-tries-one-signature', sentence }]
}

function formNotices({ reading }: NoticeFacts, { name, headerPattern }: SdkBehaviour): Notice[] {
  if (headerPattern === undefined) return []
  if (new RegExp(headerPattern).test(reading.signatureText ?? '')) return []
  const sentence = `${name} takes \`${reading.signatureName}\` only as its provider writes it, its entries once and in order, and would refuse this.`
  return [{ code: 'sdk-wants-header-form', sentence }]
}

function headerNotices({ head }: NoticeFacts, sdk: SdkBehaviour): Notice[] {
  const missing = sdk.wantsHeaders?.find((name) => !headerText(head, name))
  if (missing === undefined) return []
  const sentence = `There is no \`${missing}\` header, or it is empty; ${sdk.name} refuses a delivery without it.`
  return [{ code: 'sdk-wants-header', sentence }]
}
