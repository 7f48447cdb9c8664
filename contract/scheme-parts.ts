import { z } from 'zod'
import { RawHeader } from './http.ts'

const Name = z.string().min(1)

/** A single value's place in a request; `also` are header names that stand in when it is absent. */
const SimplePlace = z.union([
  z.strictObject({ header: Name, also: z.array(Name).optional() }),
  /** A named entry of the signature header, such as `t`. */
  z.strictObject({ field: Name }),
  /** A dotted path; `[]` after a name takes the first item of that array: `events[].id`. */
  z.strictObject({ json: Name }),
  z.strictObject({ query: Name }),
  /** A field of a form-encoded body, or the path in the JSON that the field holds. */
  z.strictObject({ form: Name, json: Name.optional() }),
  /** A claim of the JWT that stands for the signature. */
  z.strictObject({ claim: Name }),
  /** The name of the first member of the JSON body that is none of these. */
  z.strictObject({ memberBeside: z.array(Name) }),
])

/** Where one value stands in a request; `parts` are all needed and joined. */
export const Place = z.union([
  SimplePlace,
  z.strictObject({ parts: z.array(SimplePlace).min(2), joint: z.string() }),
])
export type Place = z.infer<typeof Place>

/**
 * How sure a scheme is: `sdk-run`: our tests run the provider's package or its verdicts;
 * `sdk-read`: the provider's source was read; then its documentation, another party's
 * implementation, or nothing that confirms it.
 */
export const Confidence = z.strictObject({
  kind: z.enum(['sdk-run', 'sdk-read', 'documentation', 'third-party', 'unconfirmed']),
  /** Packages with versions, or whose page or implementation it is. */
  by: z.string(),
})
export type Confidence = z.infer<typeof Confidence>

/** A value that a scheme needs beside the secret. */
export const SettingForm = z.strictObject({
  name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]*$/),
  label: z.string(),
  hint: z.string(),
  kind: z.enum(['text', 'url', 'secret']),
  required: z.boolean(),
  /** A `secret` that verifies just as the secret itself does (a second key). */
  alsoKey: z.boolean().optional(),
})
export type SettingForm = z.infer<typeof SettingForm>

/**
 * A handshake that the scheme defines, and its answer. Everything in `when` must hold. Templates in
 * `answer` may use `{json:PATH}` `{query:NAME}` `{header:NAME}` `{settings.NAME}` `{secret}` and
 * digests keyed with the secret, such as `{hmac-sha256-hex:json:PATH}` (sha1, sha256, sha384 or
 * sha512; hex or base64; of json, query or header); JSON answers escape what they insert.
 */
export const SchemeChallenge = z.strictObject({
  name: Name,
  when: z.strictObject({
    methods: z.array(Name).optional(),
    header: z.strictObject({ name: Name, value: z.string().optional() }).optional(),
    /** `null` among the values: the parameter may be absent. No values: it must be there. */
    query: z
      .strictObject({
        name: Name,
        values: z.array(z.string().nullable()).optional(),
        /** A regular expression that the value must match. */
        pattern: z.string().optional(),
      })
      .optional(),
    json: z
      .strictObject({ path: Name, value: z.union([z.string(), z.number()]).optional() })
      .optional(),
    /** A path that the JSON body must not have. */
    jsonAbsent: Name.optional(),
    /** A field that the form-encoded body must have. */
    form: Name.optional(),
    emptyBody: z.boolean().optional(),
  }),
  /** The provider signs it: it is answered only when the signature is right. */
  signed: z.boolean(),
  /** These must be equal, or it is refused with 403 (Meta's verify token). */
  wants: z.strictObject({ template: z.string(), setting: Name }).optional(),
  /** `null`: the endpoint's own answer will do. */
  answer: z
    .strictObject({
      status: z.number(),
      headers: z.array(RawHeader),
      body: z.string(),
    })
    .nullable(),
  /** What to answer when the signature of a signed one is wrong; default 401. */
  refusalStatus: z.number().optional(),
  sentence: z.string(),
})
export type SchemeChallenge = z.infer<typeof SchemeChallenge>

/** What betrays the scheme. */
export const Recognition = z.strictObject({
  /** All of these must be there. */
  headers: z.array(Name),
  /** A regular expression that the signature's text must match. */
  signaturePattern: z.string().optional(),
  /** Headers that must say exactly this. */
  headerValues: z.array(RawHeader).optional(),
  /** Parameters that the query must have. */
  query: z.array(Name).optional(),
  /** Paths that the JSON body must have. */
  json: z.array(Name).optional(),
  confidence: z.enum(['certain', 'likely', 'possible']),
  /** Any of these headers makes a weaker guess certain. */
  certainWith: z.array(Name).optional(),
  /** A regular expression; a User-Agent that matches makes a weaker guess certain. */
  userAgent: z.string().optional(),
})
export type Recognition = z.infer<typeof Recognition>

/** An unsigned request like the provider's, of our own making, for "Send a test webhook". */
export const Sample = z.strictObject({
  method: Name,
  /** Appended to the endpoint's path, such as `?action=execute`; empty for most. */
  targetSuffix: z.string(),
  headers: z.array(RawHeader),
  /** A text is sent as it is (a form), anything else as JSON. */
  body: z.json(),
})
export type Sample = z.infer<typeof Sample>

/** Seconds from each attempt to the next, such as `[5, 300]`; `url` when another page says so. */
export const RetrySchedule = z.strictObject({
  gapsSeconds: z.array(z.number().min(0)).min(1),
  url: z.url({ protocol: /^https$/ }).optional(),
})
export type RetrySchedule = z.infer<typeof RetrySchedule>
