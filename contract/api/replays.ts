import { Forward, ForwardQueue } from '#contract/forwarding.ts'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import {
  Batch,
  NewBatch,
  NewReplay,
  Replay,
  ReplayOrigin,
  ReplayPreview,
  ReplayTarget,
} from '#contract/replay.ts'
import { z } from 'zod'
import { base, Id } from './base.ts'

const Range = Id.extend({
  offset: z.coerce.number().int().min(0).default(0),
  length: z.coerce.number().int().min(1).max(MAX_RANGE_BYTES).default(MAX_RANGE_BYTES),
})

/** What sends may refuse with HOST_NOT_ALLOWED; `hosts.allow` and then again. */
export const sending = base.errors({
  HOST_NOT_ALLOWED: {
    status: 403,
    message: 'That host is not this computer: allow it first.',
    data: z.object({ host: z.string() }),
  },
})

export const replaysApi = {
  /** Resolves when the answer is stored. */
  create: sending.route({ method: 'POST', path: '/replays' }).input(NewReplay).output(Replay),
  /** What `create` would send. */
  preview: base
    .route({ method: 'POST', path: '/replays/preview' })
    .input(NewReplay)
    .output(ReplayPreview),
  /** Newest first; of each answer's body at most 64 KiB, `get` has the rest. */
  list: base
    .route({ method: 'GET', path: '/replays' })
    .input(
      z.object({
        deliveryId: z.coerce.number().int().optional(),
        batchId: z.coerce.number().int().optional(),
        origin: ReplayOrigin.optional(),
        /** Only those that belong to no bulk replay. */
        single: z.coerce.boolean().default(false),
        /** Of a bulk replay only those that failed: no answer, or 4xx or 5xx. */
        failed: z.coerce.boolean().default(false),
        /** Only those before this id, for the next page. */
        beforeId: z.coerce.number().int().optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(Replay)),
  get: base.route({ method: 'GET', path: '/replays/{id}' }).input(Id).output(Replay),
  /** A range of the body that was sent. */
  body: base
    .route({ method: 'GET', path: '/replays/{id}/body' })
    .input(Range)
    .output(z.instanceof(Blob)),
  /** Where deliveries of this endpoint (`null`: of none) were sent before. */
  targets: base
    .route({ method: 'GET', path: '/replay-targets' })
    .input(z.object({ endpointId: z.coerce.number().int().nullable().default(null) }))
    .output(z.array(ReplayTarget)),
  forgetTarget: base
    .route({ method: 'DELETE', path: '/replay-targets' })
    .input(z.object({ endpointId: z.coerce.number().int().nullable(), url: z.string().max(4_000) }))
    .output(z.object({})),
}

/** Hosts beside loopback that may be sent to. */
export const hostsApi = {
  list: base.route({ method: 'GET', path: '/allowed-hosts' }).output(z.array(z.string())),
  allow: base
    .route({ method: 'PUT', path: '/allowed-hosts/{host}' })
    .input(z.object({ host: z.string().min(1).max(255) }))
    .output(z.object({})),
  disallow: base
    .route({ method: 'DELETE', path: '/allowed-hosts/{host}' })
    .input(z.object({ host: z.string().max(255) }))
    .output(z.object({})),
}

/** Bulk replays. */
export const batchesApi = {
  create: sending.route({ method: 'POST', path: '/batches' }).input(NewBatch).output(Batch),
  get: base.route({ method: 'GET', path: '/batches/{id}' }).input(Id).output(Batch),
  /** Newest first. */
  list: base
    .route({ method: 'GET', path: '/batches' })
    .input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.array(Batch)),
  /** What is under way is aborted, nothing more is begun; resolves when that has ended. */
  cancel: base.route({ method: 'POST', path: '/batches/{id}/cancel' }).input(Id).output(Batch),
  /**
   * A page of the results as CSV or NDJSON, in the order of sending; `next`: where the next page
   * begins, `null`: the end. While it runs there is always a next page, which may still be empty.
   */
  results: base
    .route({ method: 'GET', path: '/batches/{id}/results' })
    .input(
      Id.extend({
        format: z.enum(['csv', 'ndjson']),
        afterId: z.coerce.number().int().default(0),
      }),
    )
    .output(z.object({ text: z.string(), next: z.number().nullable() })),
}

export const forwardsApi = {
  /** Of a delivery: one for each target. Without one: the newest that wait or failed. */
  list: base
    .route({ method: 'GET', path: '/forwards' })
    .input(
      z.object({
        deliveryId: z.coerce.number().int().optional(),
        endpointId: z.coerce.number().int().optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.array(Forward)),
  queues: base.route({ method: 'GET', path: '/forward-queues' }).output(z.array(ForwardQueue)),
  /** Sends what waits or failed now: one, or all of an endpoint. */
  retryNow: base
    .route({ method: 'POST', path: '/forwards/retry' })
    .input(z.object({ id: z.number().int().optional(), endpointId: z.number().int().optional() }))
    .output(z.object({ count: z.number() })),
  /** Gives up what waits or failed: one, or all of an endpoint. */
  drop: base
    .route({ method: 'POST', path: '/forwards/drop' })
    .input(z.object({ id: z.number().int().optional(), endpointId: z.number().int().optional() }))
    .output(z.object({ count: z.number() })),
}
