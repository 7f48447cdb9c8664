import type { Database } from 'better-sqlite3'
import type { Batch } from '#contract/replay.ts'

type Counts = Pick<Batch, 'sent' | 'failed' | 'outcomes' | 'latencyMs'>

interface StoredBatch extends Omit<Batch, 'outcomes' | 'latencyMs'> {
  /** JSON of the contract. */
  outcomes: string
  latencyMs: string | null
}

/** Bulk replays. Their requests are rows of `replays`. */
export interface BatchesTable {
  /** Begins one. */
  insert(batch: Pick<Batch, 'startedAtMs' | 'sentence' | 'url' | 'total'>): number
  count(id: number, counts: Counts): void
  end(id: number, end: Pick<Batch, 'endedAtMs' | 'state' | 'detail'>): void
  get(id: number): Batch | null
  /** Newest first. */
  list(limit: number): Batch[]
  /** What still runs was left so by an engine that is gone. */
  interruptRunning(nowMs: number, detail: string): void
}

const SELECT = `SELECT id, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, state, sentence,
  url, total, sent, failed, outcomes, latency_ms AS latencyMs, detail FROM batches`

export function batchesTable(db: Database): BatchesTable {
  const add = db.prepare(
    `INSERT INTO batches (started_at_ms, state, sentence, url, total)
     VALUES (@startedAtMs, 'running', @sentence, @url, @total)`,
  )
  const count = db.prepare(
    `UPDATE batches SET sent = @sent, failed = @failed, outcomes = @outcomes,
     latency_ms = @latencyMs WHERE id = @id`,
  )
  const end = db.prepare(
    'UPDATE batches SET ended_at_ms = @endedAtMs, state = @state, detail = @detail WHERE id = @id',
  )
  const get = db.prepare<[number], StoredBatch>(`${SELECT} WHERE id = ?`)
  const list = db.prepare<[number], StoredBatch>(`${SELECT} ORDER BY id DESC LIMIT ?`)
  const interrupt = db.prepare(
    `UPDATE batches SET state = 'interrupted', ended_at_ms = ?, detail = ? WHERE state = 'running'`,
  )
  return {
    insert: (batch) => Number(add.run(batch).lastInsertRowid),
    count: (id, { sent, failed, outcomes, latencyMs }) => {
      const json = latencyMs === null ? null : JSON.stringify(latencyMs)
      count.run({ id, sent, failed, outcomes: JSON.stringify(outcomes), latencyMs: json })
    },
    end: (id, { endedAtMs, state, detail }) => {
      end.run({ id, endedAtMs, state, detail })
    },
    get: (id) => {
      const stored = get.get(id)
      return stored === undefined ? null : toBatch(stored)
    },
    list: (limit) => list.all(limit).map(toBatch),
    interruptRunning: (nowMs, detail) => {
      interrupt.run(nowMs, detail)
    },
  }
}

function toBatch({ outcomes, latencyMs, ...stored }: StoredBatch): Batch {
  const counted: Batch['outcomes'] = JSON.parse(outcomes)
  const latency: Batch['latencyMs'] = latencyMs === null ? null : JSON.parse(latencyMs)
  return { ...stored, outcomes: counted, latencyMs: latency }
}
