import {
  CappedCount,
  Delivery,
  DeliveryFilter,
  DeliveryRow,
  ListPosition,
  ListView,
} from '#contract/delivery.ts'
import { Diagnosis } from '#contract/diagnosis.ts'
import { SecretInfo } from '#contract/endpoint.ts'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import { Hygiene } from '#contract/hygiene.ts'
import { KeyOffer } from '#contract/keys.ts'
import { Overview, OverviewInput } from '#contract/overview.ts'
import { MarkChange, NoteText, Selection } from '#contract/selection.ts'
import { EndpointSuggestion } from '#contract/suggestion.ts'
import { DuplicateKind } from '#contract/verdict.ts'
import { Explanation } from '#contract/verification.ts'
import { z } from 'zod'
import { base, Id } from './base.ts'

export const deliveriesApi = {
  /**
   * A page of a view, in its order. `after`: the rows that follow this place; `before`: those that
   * stand directly in front of it, still in order. `skip` leaves out the first few of them.
   * A search takes bounded time: `searchedTo` says where it stopped, and asking again with it as
   * `after` (or `before`) goes on there; `null`: the page is all that was asked for.
   */
  list: base
    .route({ method: 'GET', path: '/deliveries' })
    .input(
      ListView.extend({
        after: ListPosition.optional(),
        before: ListPosition.optional(),
        skip: z.coerce.number().int().min(0).max(1_000).default(0),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(DeliveryRow),
        hasMore: z.boolean(),
        searchedTo: ListPosition.nullable(),
        /** What of `skip` is still to be left out when asking again from `searchedTo`. */
        skipLeft: z.number().default(0),
      }),
    ),
  /**
   * Counts a view step by step, and tells the place of every thousandth row, for jumps. A step
   * takes bounded time; `countedTo` goes into the next as `after`; `null`: counted to the end.
   * `before` ends it in front of a place (exclusive): what arrived since an earlier count.
   */
  tally: base
    .route({ method: 'GET', path: '/deliveries/tally' })
    .input(
      ListView.extend({
        after: ListPosition.optional(),
        before: ListPosition.optional(),
        /** Rows since the last anchor of the step before. */
        sinceAnchor: z.coerce.number().int().min(0).max(999).default(0),
      }),
    )
    .output(
      z.object({
        count: z.number(),
        anchors: z.array(ListPosition),
        sinceAnchor: z.number(),
        countedTo: ListPosition.nullable(),
      }),
    ),
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
  /** Where in the body the credential stands that the scheme compares with the secret, in bytes. */
  credentialRanges: base
    .route({ method: 'GET', path: '/deliveries/{id}/credential-ranges' })
    .input(Id.extend({ decoded: z.coerce.boolean().default(false) }))
    .output(z.array(z.object({ offset: z.number(), length: z.number() }))),
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
    .input(Id.extend({ host: z.string().max(255) }))
    .output(SecretInfo),
  /** Pins and tags, of a few at once or of many as a job. */
  mark: base
    .route({ method: 'POST', path: '/deliveries/marks' })
    .input(z.object({ selection: Selection, change: MarkChange }))
    .output(z.object({ jobId: z.number().nullable() })),
  note: base
    .route({ method: 'PUT', path: '/deliveries/{id}/note' })
    .input(Id.extend({ text: NoteText }))
    .output(z.object({})),
  /** All tags that are in use, most used first. */
  tags: base
    .route({ method: 'GET', path: '/tags' })
    .output(z.array(z.object({ name: z.string(), count: z.number() }))),
  /** Hides them at once, as a job; after 30 s without `undoRemove` they are gone from the file. */
  remove: base
    .route({ method: 'POST', path: '/deliveries/remove' })
    .input(z.object({ selection: Selection, keepPinned: z.boolean().default(true) }))
    .output(z.object({ jobId: z.number() })),
  undoRemove: base
    .route({ method: 'POST', path: '/jobs/{id}/undo' })
    .input(Id)
    .output(z.object({})),
  /** Stops a job; what it did stays, except that a removal under way is undone. */
  cancelJob: base
    .route({ method: 'POST', path: '/jobs/{id}/cancel' })
    .input(Id)
    .output(z.object({})),
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
}

export const overviewApi = {
  get: base.route({ method: 'GET', path: '/overview' }).input(OverviewInput).output(Overview),
}
