import type { Database } from 'better-sqlite3'
import type { Job } from '#contract/selection.ts'

export type JobState = 'running' | 'undoable' | 'purging' | 'undoing'

/** A job as it lies in the table; `work` is what is left to do, as JSON. */
export interface JobRow {
  id: number
  kind: 'remove' | 'mark'
  state: JobState
  sentence: string
  work: string | null
  done: number
  total: number | null
  undoUntilMs: number | null
}

export interface JobsTable {
  insert(job: Omit<JobRow, 'id'>): number
  get(id: number): JobRow | null
  all(): JobRow[]
  update(id: number, change: Partial<Omit<JobRow, 'id' | 'kind'>>): void
  delete(id: number): void
}

export function jobsTable(db: Database): JobsTable {
  const columns = `id, kind, state, sentence, work, done, total, undo_until_ms AS undoUntilMs`
  const all = db.prepare<[], JobRow>(`SELECT ${columns} FROM jobs ORDER BY id`)
  const get = db.prepare<[number], JobRow>(`SELECT ${columns} FROM jobs WHERE id = ?`)
  const insert = db.prepare(
    `INSERT INTO jobs (kind, state, sentence, work, done, total, undo_until_ms)
     VALUES (@kind, @state, @sentence, @work, @done, @total, @undoUntilMs)`,
  )
  const update = db.prepare(
    `UPDATE jobs SET state = @state, sentence = @sentence, work = @work, done = @done,
       total = @total, undo_until_ms = @undoUntilMs WHERE id = @id`,
  )
  const remove = db.prepare('DELETE FROM jobs WHERE id = ?')
  return {
    insert: (job) => Number(insert.run(job).lastInsertRowid),
    get: (id) => get.get(id) ?? null,
    all: () => all.all(),
    update: (id, change) => {
      const old = get.get(id)
      if (old !== undefined) update.run({ ...old, ...change })
    },
    delete: (id) => {
      remove.run(id)
    },
  }
}

const deliveries = (count: number) =>
  count === 1 ? '1 delivery' : `${count.toLocaleString('en')} deliveries`

/** A job as the contract tells it; one that is being undone runs towards its end. */
export function toJob({ id, kind, state, sentence, done, total, undoUntilMs }: JobRow): Job {
  return {
    id,
    kind,
    sentence: kind === 'remove' ? removalSentence(state, done, total) : sentence,
    done,
    total,
    state: state === 'undoing' ? 'running' : state,
    undoUntilMs: state === 'undoable' ? undoUntilMs : null,
  }
}

function removalSentence(state: JobState, done: number, total: number | null): string {
  const count = deliveries(total ?? done)
  if (state === 'undoable') return `${count} deleted`
  if (state === 'purging') return `Removing ${count} from the file`
  if (state === 'undoing') return `Bringing back ${count}`
  return total === null ? 'Deleting deliveries' : `Deleting ${count}`
}
