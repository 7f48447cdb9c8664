import Database from 'better-sqlite3'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { SettledForward } from '#engine/store/forwards-table.ts'
import { createOutcomeWriter } from './outcome-writer.ts'

const refusal = { status: 503, rawHeaders: [], body: new Uint8Array() }
const answer = { status: 200, rawHeaders: [], body: new Uint8Array() }
const settled = (id: number, more: Partial<SettledForward> = {}): SettledForward => ({
  ...{ id, deliveryId: id, state: 'done', nextAtMs: null, detail: null },
  ...{ attempt: null, answer: null, ...more },
})

/** A writer over a table that does as it is told; what it wrote, transaction by transaction. */
function rig(refuse: (batch: readonly SettledForward[]) => Error | null) {
  const written: SettledForward[][] = []
  const failures: unknown[] = []
  const writer = createOutcomeWriter({
    forwards: {
      settle(batch) {
        const error = refuse(batch)
        if (error) throw error
        written.push([...batch])
      },
    },
    refusal,
    onStored: () => undefined,
    onFailure: (error) => failures.push(error),
  })
  return { writer, written, failures }
}

it('writes all of one turn in one transaction', async () => {
  const { writer, written } = rig(() => null)
  const stored = await Promise.all([1, 2, 3].map((id) => writer.write(settled(id))))
  expect(stored).toEqual([true, true, true])
  expect(written.map((batch) => batch.map(({ id }) => id))).toEqual([[1, 2, 3]])
})

it('while the database refuses, tells senders so at once and keeps every outcome', async () => {
  const state = { refuses: true }
  const busy = new Database.SqliteError('database is locked', 'SQLITE_BUSY')
  const { writer, written } = rig(() => (state.refuses ? busy : null))
  const behind = writer.write(settled(1))
  expect(await writer.write(settled(2, { answer }))).toBe(false)
  expect(writer.isStalled).toBe(true)
  expect(await writer.write(settled(3, { answer }))).toBe(false)
  state.refuses = false
  expect(await Promise.race([behind, delay(10_000, 'late')])).toBe(true)
  expect(writer.isStalled).toBe(false)
  // What its sender really heard is what is stored.
  expect(written).toMatchObject([
    [{ id: 1 }, { id: 2, answer: { status: 503 } }, { id: 3, answer: { status: 503 } }],
  ])
})

it('does not let one that can never be written hold up the others', async () => {
  const { writer, written, failures } = rig((batch) =>
    batch.some(({ id }) => id === 2) ? new TypeError('no') : null,
  )
  const stored = await Promise.all([1, 2, 3].map((id) => writer.write(settled(id, { answer }))))
  expect(stored).toEqual([true, false, true])
  expect(written.map((batch) => batch.map(({ id }) => id))).toEqual([[1], [3]])
  expect(failures.length).toBeGreaterThan(0)
})
