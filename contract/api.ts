import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { CappedCount, Delivery, DeliveryFilter, DeliveryRow } from './delivery.ts'
import {
  Endpoint,
  EndpointName,
  EndpointPath,
  NewEndpoint,
  NewSecret,
  SchemeInfo,
  SecretInfo,
  SecretUsage,
  SettingValues,
} from './endpoint.ts'
import { MAX_RANGE_BYTES } from './http.ts'
import { Diagnosis } from './diagnosis.ts'
import { Hygiene } from './hygiene.ts'
import { SchemeDetail, SchemeId, SchemeProblem, TriedScheme, TryScheme } from './own-scheme.ts'
import { KeyOffer, TestKeyPair } from './keys.ts'
import { NewReplay, Replay } from './replay.ts'
import { Change, Status } from './status.ts'
import { EndpointSuggestion } from './suggestion.ts'
import { DuplicateKind } from './verdict.ts'
import { Explanation, Tolerance } from './verification.ts'
import { VerifierCode, VerifierTarget } from './verifier-code.ts'
import { PastedRequest, VerifyInput } from './verify-page.ts'

/** The errors that callers are expected to tell apart; messages say what to do. */
const base = oc.errors({
  NOT_FOUND: { status: 404, message: 'There is no such thing here.' },
  CONFLICT: { status: 409, message: 'That name or path is taken.' },
  BAD_REQUEST: { status: 400, message: 'The request cannot be carried out.' },
  LOCKED: { status: 423, message: 'Secrets are sealed with a key that is not available here.' },
  UNAVAILABLE: { status: 503, message: 'The database cannot be written.' },
})

const Id = z.object({ id: z.coerce.number().int().positive() })

/** Every call that a shell, the CLI or a script can make; `.route` gives its REST form. */
export const api = {
  status: {
    get: base.route({ method: 'GET', path: '/status' }).output(Status),
    /** Subscribe first, then take a snapshot; refetch when `fromSeq` leaves a gap. */
    changes: base.route({ method: 'GET', path: '/changes' }).output(eventIterator(Change)),
  },
  schemes: {
    /** The catalogue, then those that people here described. */
    list: base.route({ method: 'GET', path: '/schemes' }).output(z.array(SchemeInfo)),
    get: base
      .route({ method: 'GET', path: '/schemes/{id}' })
      .input(z.object({ id: SchemeId }))
      .output(SchemeDetail),
    /** Adds an own scheme or changes it; its deliveries are judged anew. */
    save: base
      .route({ method: 'PUT', path: '/schemes' })
      .input(z.object({ scheme: z.unknown() }))
      .output(SchemeDetail),
    /** Refused while an endpoint uses it. */
    remove: base
      .route({ method: 'DELETE', path: '/schemes/{id}' })
      .input(z.object({ id: SchemeId }))
      .output(z.object({})),
    /** What is wrong with a scheme; empty: it can be saved. */
    check: base
      .route({ method: 'POST', path: '/schemes/check' })
      .input(z.object({ scheme: z.unknown() }))
      .output(z.array(SchemeProblem)),
    /** What a scheme that is still being written makes of a request; nothing is stored. */
    try: base.route({ method: 'POST', path: '/schemes/try' }).input(TryScheme).output(TriedScheme),
    /** The JSON Schema of a scheme, for editors. */
    jsonSchema: base
      .route({ method: 'GET', path: '/scheme-model' })
      .output(z.record(z.string(), z.unknown())),
  },
  endpoints: {
    list: base.route({ method: 'GET', path: '/endpoints' }).output(z.array(Endpoint)),
    create: base.route({ method: 'POST', path: '/endpoints' }).input(NewEndpoint).output(Endpoint),
    update: base
      .route({ method: 'PATCH', path: '/endpoints/{id}' })
      .input(
        Id.extend({
          name: EndpointName.optional(),
          path: EndpointPath.optional(),
          schemeId: z.string().nullable().optional(),
          tolerance: Tolerance.nullable().optional(),
          /** Only the named ones change. */
          settings: SettingValues.optional(),
          answerChallenges: z.boolean().optional(),
        }),
      )
      .output(Endpoint),
    /** Its deliveries stay. */
    remove: base
      .route({ method: 'DELETE', path: '/endpoints/{id}' })
      .input(Id)
      .output(z.object({})),
    /** What each secret of the endpoint verified lately, in the order of its secrets. */
    secretUsage: base
      .route({ method: 'GET', path: '/endpoints/{id}/secret-usage' })
      .input(Id)
      .output(z.array(SecretUsage)),
  },
  secrets: {
    add: base
      .route({ method: 'POST', path: '/endpoints/{endpointId}/secrets' })
      .input(NewSecret.extend({ endpointId: z.coerce.number().int() }))
      .output(SecretInfo),
    replace: base
      .route({ method: 'PUT', path: '/secrets/{id}' })
      .input(NewSecret.extend(Id.shape))
      .output(SecretInfo),
    remove: base.route({ method: 'DELETE', path: '/secrets/{id}' }).input(Id).output(z.object({})),
    /** The only call that lets a stored secret out. */
    reveal: base
      .route({ method: 'POST', path: '/secrets/{id}/reveal' })
      .input(Id)
      .output(z.object({ text: z.string() })),
  },
  deliveries: {
    /** Newest first. `before`/`after` are ids, exclusive; `after` returns the oldest above it first-page-wise, still newest first. */
    list: base
      .route({ method: 'GET', path: '/deliveries' })
      .input(
        z.object({
          filter: DeliveryFilter.default({}),
          before: z.coerce.number().int().optional(),
          after: z.coerce.number().int().optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
      )
      .output(z.object({ rows: z.array(DeliveryRow), hasMore: z.boolean() })),
    count: base
      .route({ method: 'GET', path: '/deliveries/count' })
      .input(z.object({ filter: DeliveryFilter.default({}) }))
      .output(CappedCount),
    get: base.route({ method: 'GET', path: '/deliveries/{id}' }).input(Id).output(Delivery),
    /** A range of the body as it came, or with its content coding undone (bounded at 32 MiB). */
    body: base
      .route({ method: 'GET', path: '/deliveries/{id}/body' })
      .input(
        Id.extend({
          offset: z.coerce.number().int().min(0).default(0),
          length: z.coerce.number().int().min(1).max(MAX_RANGE_BYTES).default(MAX_RANGE_BYTES),
          decoded: z.coerce.boolean().default(false),
        }),
      )
      .output(z.instanceof(Blob)),
    /** Bytes of the body once its content coding is undone; `problem` says why that failed. */
    decodedLength: base
      .route({ method: 'GET', path: '/deliveries/{id}/decoded-length' })
      .input(Id)
      .output(z.object({ byteLength: z.number(), problem: z.string().nullable() })),
    explain: base
      .route({ method: 'GET', path: '/deliveries/{id}/explanation' })
      .input(Id.extend({ as: z.enum(['receipt', 'now']).default('now') }))
      .output(Explanation),
    /** Why it is not valid: ranked causes, each tried on the bytes; searched in bounded time. */
    diagnose: base
      .route({ method: 'GET', path: '/deliveries/{id}/diagnosis' })
      .input(Id)
      .output(Diagnosis),
    /** What the delivery carries that does not belong into a webhook. */
    hygiene: base
      .route({ method: 'GET', path: '/deliveries/{id}/hygiene' })
      .input(Id)
      .output(Hygiene),
    /** What can be done about a key that is not here; `null`: nothing is missing that is fetched. */
    keyOffer: base
      .route({ method: 'GET', path: '/deliveries/{id}/key-offer' })
      .input(Id)
      .output(KeyOffer.nullable()),
    /** Asks the host of the offer for the key and stores it as a secret of the endpoint. */
    fetchKey: base
      .route({ method: 'POST', path: '/deliveries/{id}/key' })
      .input(Id.extend({ host: z.string() }))
      .output(SecretInfo),
    /** All deliveries of the same message, oldest first; this one alone when it has no id. */
    attempts: base
      .route({ method: 'GET', path: '/deliveries/{id}/attempts' })
      .input(Id)
      .output(z.array(DeliveryRow.extend({ kind: DuplicateKind.nullable() }))),
    /**
     * What a delivery to the catch-all, or to an endpoint without a scheme, looks like; `null` when
     * nothing is recognised. It changes no verdict.
     */
    suggestEndpoint: base
      .route({ method: 'GET', path: '/deliveries/{id}/suggested-endpoint' })
      .input(Id)
      .output(EndpointSuggestion.nullable()),
  },
  replays: {
    /** Resolves when the answer is stored. */
    create: base.route({ method: 'POST', path: '/replays' }).input(NewReplay).output(Replay),
    list: base
      .route({ method: 'GET', path: '/replays' })
      .input(
        z.object({
          deliveryId: z.coerce.number().int().optional(),
          limit: z.coerce.number().int().max(500).default(100),
        }),
      )
      .output(z.array(Replay)),
  },
  verifying: {
    /** Reads a raw HTTP message, a cURL command, or headers, blank line and body. */
    parse: base
      .route({ method: 'POST', path: '/verify/parse' })
      .input(z.object({ text: z.string().max(2_000_000) }))
      .output(PastedRequest.extend({ notices: z.array(z.string()) })),
    /** Why a pasted request is not valid. */
    diagnose: base
      .route({ method: 'POST', path: '/verify/diagnose' })
      .input(VerifyInput)
      .output(Diagnosis),
    check: base
      .route({ method: 'POST', path: '/verify' })
      .input(VerifyInput)
      .output(z.object({ explanation: Explanation, deliveryId: z.number().nullable() })),
  },
  tools: {
    /** HMAC-SHA256 hex of the subscriber id (Novu Inbox); `matches` answers `check`. */
    subscriberHash: base
      .route({ method: 'POST', path: '/tools/subscriber-hash' })
      .input(
        z.object({
          subscriberId: z.string(),
          secret: z.string().min(1),
          check: z.string().optional(),
        }),
      )
      .output(z.object({ hash: z.string(), matches: z.boolean().nullable() })),
    /** A key pair of the scheme for tests; stored as a secret where an endpoint is named. */
    makeKeyPair: base
      .route({ method: 'POST', path: '/tools/key-pair' })
      .input(z.object({ schemeId: z.string(), endpointId: z.number().nullable().default(null) }))
      .output(TestKeyPair),
    /** The languages and frameworks that there is receiver code for. */
    verifierTargets: base
      .route({ method: 'GET', path: '/tools/verifier-targets' })
      .output(z.array(VerifierTarget)),
    /** Receiver code that verifies a scheme, without any secret. */
    verifierCode: base
      .route({ method: 'GET', path: '/tools/verifier-code' })
      .input(z.object({ schemeId: z.string(), target: z.string() }))
      .output(VerifierCode),
    /** Sends a signed test webhook to our own listener: to the endpoint, or to the catch-all. */
    sendTest: base
      .route({ method: 'POST', path: '/tools/test-webhook' })
      .input(z.object({ endpointId: z.number().nullable().default(null) }))
      .output(z.object({ deliveryId: z.number() })),
  },
  settings: {
    get: base
      .route({ method: 'GET', path: '/settings' })
      .output(z.object({ bodyLimitBytes: z.number() })),
    update: base
      .route({ method: 'PATCH', path: '/settings' })
      .input(
        z.object({
          bodyLimitBytes: z
            .number()
            .int()
            .min(1024)
            .max(1024 ** 3),
        }),
      )
      .output(z.object({ bodyLimitBytes: z.number() })),
  },
}
export type Api = typeof api
