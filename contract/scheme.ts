import { z } from 'zod'
import { RawHeader } from './http.ts'
import {
  Confidence,
  Place,
  RetrySchedule,
  Sample,
  SchemeChallenge,
  Recognition,
  SettingForm,
} from './scheme-parts.ts'
import { Tolerance } from './verification.ts'

/**
 * Digests and signatures. A plain digest (`sha256`) has the secret in its content as `{secret}`.
 * `shared-token` and `basic-auth` compare a credential and cover nothing of the body.
 */
export const Algorithm = z.enum([
  'hmac-sha1',
  'hmac-sha256',
  'hmac-sha384',
  'hmac-sha512',
  'sha1',
  'sha256',
  'sha384',
  'sha512',
  'ed25519',
  'ecdsa-p256-sha256',
  'rsa-sha1',
  'rsa-sha256',
  'rsa-pss-sha256',
  'shared-token',
  'basic-auth',
])
export type Algorithm = z.infer<typeof Algorithm>

/**
 * How key bytes come out of the text of the secret. `public-key` takes PEM (SPKI, PKCS#1,
 * certificate), JWK, DER in base64, or the 32 raw bytes of an Ed25519 key in hex or base64.
 */
export const KeyForm = z.enum([
  'utf8',
  /** Unicode-normalised (NFKD) first. */
  'utf8-nfkd',
  'hex',
  'base64',
  'base64url',
  /** base64 after `whsec_`, which may be missing. */
  'base64-after-whsec',
  /** base64 after `whsec_`; a secret without that prefix is text. */
  'base64-after-whsec-else-utf8',
  'base64-after-last-underscore',
  /** The SHA-1 digest of the text (Braintree). */
  'sha1-of-utf8',
  'public-key',
])
export type KeyForm = z.infer<typeof KeyForm>

/** Where received signatures stand and how they are written. Names as the provider spells them. */
export const SignatureForm = z.strictObject({
  place: z.union([
    z.strictObject({ header: z.string().min(1), also: z.array(z.string().min(1)).optional() }),
    z.strictObject({ json: z.string().min(1) }),
    z.strictObject({ form: z.string().min(1) }),
  ]),
  /** Further headers that hold signatures of the same kind; all of them are read. */
  further: z.array(z.string().min(1)).optional(),
  /** `hex` is lower case; `base64` has its padding, `base64url` has none; `text` is a credential. */
  encoding: z.enum(['hex', 'upper-hex', 'base64', 'base64url', 'text']),
  /** A header such as `t=1,v1=ab`: separator of entries and of name and value. */
  list: z.string().min(1).optional(),
  pair: z.string().min(1).optional(),
  /** The name of the entries that count, such as `v1`. */
  version: z.string().min(1).optional(),
  /** In a list: entries without a name count too. */
  bare: z.boolean().optional(),
  /** In a list without `pair`: what the first entries are called; all after them are signatures. */
  positions: z.array(z.string().min(1)).optional(),
  /** An entry that repeats a timestamp whose own place is elsewhere (NotifyKit's `t`). */
  timestampField: z.string().min(1).optional(),
  /** Which of several entries of the same name counts, for all but signatures; default `first`. */
  repeatedField: z.enum(['first', 'last']).optional(),
  /** A fixed beginning, such as `sha256=`. */
  prefix: z.string().min(1).optional(),
  /**
   * The whole header as we write it, where its entries have an order or companions of their own:
   * `{signature}`, `{timestamp}` and `{settings.NAME}`.
   */
  written: z.string().min(1).optional(),
  /** Blanks around entries are ignored. */
  trim: z.boolean().optional(),
  /** The header may occur more than once, each with a signature of its own. */
  repeatable: z.boolean().optional(),
  /** How an ECDSA signature is written: DER (default) or R and S side by side (IEEE P1363). */
  ecdsa: z.enum(['der', 'p1363']).optional(),
})
export type SignatureForm = z.infer<typeof SignatureForm>

export const TimestampForm = z.strictObject({
  place: Place,
  /**
   * `s-or-ms`: told apart by magnitude; signed in milliseconds. `iso8601-no-zone`: UTC without a
   * zone (Orb). `any`: seconds, milliseconds or ISO 8601, told apart; signed in seconds.
   */
  unit: z.enum(['s', 'ms', 's-or-ms', 'iso8601', 'iso8601-no-zone', 'http-date', 'any']),
  /** Whether the age counts from the whole second of receipt (default) or to the millisecond. */
  age: z.enum(['whole-seconds', 'exact']).optional(),
  /** The JSON value must be a number, or must be a string; either when absent. */
  jsonType: z.enum(['number', 'string']).optional(),
})
export type TimestampForm = z.infer<typeof TimestampForm>

/** A JSON Web Token (RFC 7519) in the place of the signature; `algorithm` fixes its `alg`. */
export const JwtForm = z.strictObject({
  issuer: z.string().optional(),
  /** The setting whose value must be the issuer. */
  issuerFrom: z.string().optional(),
  /** `sub` must be the URL that was called. */
  subjectIsUrl: z.boolean().optional(),
  /** The claim that covers the body. */
  body: z
    .strictObject({ claim: z.string(), encoding: z.enum(['hex', 'base64', 'base64url']) })
    .optional(),
  /** A claim with the SHA-256 (hex) of the URL (MessageBird). */
  urlHashClaim: z.string().optional(),
  /** `exp-nbf`: those claims bound the time where they are there; `iat`: the age counts from it. */
  times: z.enum(['exp-nbf', 'iat']),
  /** How long a token that we sign is good for; no `exp` when absent. */
  lifetimeSeconds: z.number().optional(),
})
export type JwtForm = z.infer<typeof JwtForm>

/** A digest of the body that stands elsewhere in the request and must match. */
export const BodyHashForm = z.strictObject({
  place: Place,
  digest: z.enum(['sha256', 'sha512']),
  encoding: z.enum(['hex', 'base64']),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
})
export type BodyHashForm = z.infer<typeof BodyHashForm>

/** What the provider's own package does otherwise than its documented rule; makes notices only. */
export const SdkBehaviour = z.strictObject({
  /** Its package name, as notices call it. */
  name: z.string(),
  /** How it reads a timestamp that is not a plain whole number. */
  timestampParsing: z.enum(['parseInt', 'Number']).optional(),
  /** It reads the timestamp in this unit, whatever the documentation says. */
  timestampUnit: z.literal('ms').optional(),
  /** It allows only so much future. */
  futureSeconds: z.number().optional(),
  refusesEmptyBody: z.boolean().optional(),
  refusesNonJson: z.boolean().optional(),
  /** It turns the body into text before checking, so bytes that are not UTF-8 are lost. */
  decodesBody: z.boolean().optional(),
  /** It drops a byte-order mark at the start of the body. */
  dropsByteOrderMark: z.boolean().optional(),
  /** It re-serialises the parsed body before checking. */
  reserialises: z.boolean().optional(),
  /** Of several signatures it tries only this one. */
  tries: z.enum(['first', 'last']).optional(),
  /** It decodes the signature before comparing, so other spellings of the same bytes pass. */
  decodesSignature: z.boolean().optional(),
  /** It wants `signature.timestampField` to be the same text as the timestamp. */
  wantsEqualTimestamps: z.boolean().optional(),
  /** It refuses a delivery that lacks one of these headers. */
  wantsHeaders: z.array(z.string()).optional(),
  /** A regular expression that the signature's header must match, or it refuses. */
  headerPattern: z.string().optional(),
})
export type SdkBehaviour = z.infer<typeof SdkBehaviour>

/**
 * How one provider signs, as data. Verifying, signing, explaining, recognising and diagnosing all
 * read it; docs/schemes.md describes the fields.
 */
export const Scheme = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'An id has lower-case letters, digits and hyphens.')
    .max(60),
  name: z.string().min(1).max(120),
  documentationUrl: z.url({ protocol: /^https$/ }),
  confidence: Confidence,
  algorithm: Algorithm,
  /** Several forms are all tried; signing uses the first. */
  key: z.union([KeyForm, z.array(KeyForm).min(1)]),
  /** The text of which the key is made: `{secret}` and `{settings.NAME}`; default `{secret}`. */
  keyText: z.string().optional(),
  /** What the secret is and where it is found in the provider's dashboard. */
  secretHint: z.string().min(1),
  /** How a right secret begins, where the provider gives it a fixed beginning. */
  secretPrefix: z.string().optional(),
  /** A regular expression of a right secret, where its form is known. */
  secretPattern: z.string().optional(),
  /** Where the key comes from when it is fetched: the host, and what to paste instead. */
  keySource: z.strictObject({ host: z.string(), sentence: z.string() }).optional(),
  settings: z.array(SettingForm).optional(),
  signature: SignatureForm,
  timestamp: TimestampForm.nullable(),
  messageId: Place.nullable(),
  /** What begins an id that we make; `uuid` makes a UUID. Only where the id stands in a header. */
  newMessageId: z.union([z.strictObject({ prefix: z.string() }), z.literal('uuid')]).optional(),
  eventType: z.array(Place),
  /**
   * The signed text: literals and `{timestamp}` `{id}` `{body}` `{secret}` `{method}` `{url}`
   * `{path}` `{settings.NAME}` `{header:NAME}` `{query:NAME}` `{json:PATH}` `{field:NAME}`
   * `{form:NAME}` `{body:sha256-hex}` `{body:crc32}` `{body:json-string}`; or `special:NAME`, a
   * procedure of engine/signatures/procedures. Not used by tokens, Basic auth and JWT.
   */
  content: z.string(),
  /** What stands for `{body}`: the raw bytes (default), or JSON.stringify of the parsed body. */
  signedBody: z.enum(['raw', 'compact-json']).optional(),
  jwt: JwtForm.optional(),
  bodyHash: BodyHashForm.optional(),
  /** Headers that must say exactly this. */
  requiredHeaders: z.array(RawHeader).optional(),
  tolerance: Tolerance.nullable(),
  challenges: z.array(SchemeChallenge).optional(),
  recognition: Recognition,
  sdk: SdkBehaviour.optional(),
  sample: Sample,
  /** When and how often the provider sends again, where it documents that; one sentence. */
  retries: z.string().optional(),
  /** The pauses between its attempts, where it documents them one by one. */
  retrySchedule: RetrySchedule.optional(),
  /** Seconds in which the provider wants its answer. */
  answerWithinSeconds: z.number().optional(),
  /** What URLs the provider takes and reaches; the sentence is said where the URL is copied. */
  urlNeeds: z
    .strictObject({
      https: z.boolean().optional(),
      /** It sends from the internet and nowhere else. */
      public: z.boolean().optional(),
      sentence: z.string().min(1).max(200),
    })
    .optional(),
  /** The provider's set-up test demands that wrong signatures are refused. */
  answersByVerdict: z.boolean().optional(),
  quirks: z.array(z.string()),
})
export type Scheme = z.infer<typeof Scheme>
