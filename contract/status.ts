import { z } from 'zod'
import { Batch } from './replay.ts'
import { Job } from './selection.ts'
import { Transfer } from './transfer.ts'
import { PublicAddress, TunnelState } from './tunnel.ts'

export const Problem = z.object({
  code: z.string(),
  sentence: z.string(),
  sinceMs: z.number(),
})
export type Problem = z.infer<typeof Problem>

export const SlotKind = z.enum(['os', 'passphrase', 'key-file'])
export type SlotKind = z.infer<typeof SlotKind>

export const Status = z.object({
  version: z.string(),
  pid: z.number(),
  dataDir: z.string(),
  /** Where senders post to; `null` while nothing listens. */
  listening: z.object({ url: z.string(), host: z.string(), port: z.number() }).nullable(),
  /** Nothing listens because a person wants it so, until it is resumed or the engine starts anew. */
  paused: z.boolean(),
  /** What the command line of this start said; it wins over the settings until the next start. */
  given: z.object({ host: z.string().nullable(), port: z.number().nullable() }),
  bodyLimitBytes: z.number(),
  /** Where senders on the internet post to; `null`: nobody has said, or nothing listens. */
  publicAddress: PublicAddress.nullable(),
  tunnel: TunnelState,
  /** What the person should know, such as "Port 4100 is taken …" or a full disk. */
  problems: z.array(Problem),
  secrets: z.object({
    state: z.enum(['open', 'locked']),
    /** The slot that opened the data key, or the slots that there are when locked. */
    slots: z.array(SlotKind),
    sentence: z.string(),
  }),
  /** Judging anew after a change of configuration; `null` when nothing is pending. */
  judging: z.object({ done: z.number(), total: z.number() }).nullable(),
  /** The search index catching up; `null` when it holds everything. */
  indexing: z.object({ done: z.number(), total: z.number() }).nullable(),
  jobs: z.array(Job),
  /** Bulk replays that run. */
  batches: z.array(Batch),
  /** Imports and exports that run. */
  transfers: z.array(Transfer),
  /** Deliveries that wait to be sent on; `null`: none. */
  forwarding: z.object({ waiting: z.number(), failed: z.number() }).nullable(),
})
export type Status = z.infer<typeof Status>

/** Says what changed since the last event of this subscription, never the rows themselves. */
export const Change = z.object({
  fromSeq: z.number(),
  toSeq: z.number(),
  /** Deliveries that arrived in this span. */
  arrived: z.number(),
  newestDeliveryId: z.number().nullable(),
  /** Rows whose current verdict changed. */
  judged: z.boolean(),
  /** The times of answers became known, and how long they took. */
  answered: z.boolean(),
  endpoints: z.boolean(),
  /** Deliveries went away or came back. */
  removed: z.boolean(),
  /** Pins, notes or tags. */
  marks: z.boolean(),
  savedFilters: z.boolean(),
  settings: z.boolean(),
  /** Replays, and what was forwarded. */
  replays: z.boolean(),
  /** Bulk replays, checks, imports and exports moved on. */
  runs: z.boolean(),
  status: z.boolean(),
})
export type Change = z.infer<typeof Change>
