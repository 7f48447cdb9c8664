import { isDeepStrictEqual } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiClient } from '#contract/client.ts'
import type { Batch, Replay } from '#contract/replay.ts'
import { addEndpoint, startApp } from './app.ts'
import { Breach, expectNone } from './breach.ts'
import { burst } from './burst.ts'
import { seeded } from './chance.ts'
import { deliveryMaker } from './ledger.ts'
import { createTally } from './moment.ts'
import { type Round, runRounds, type Summary, type TortureOptions } from './rounds.ts'
import { checkDatabase, withDatabase } from './stored.ts'
import { openTarget, type Target } from './target.ts'

const DELIVERIES = 120
const SINGLE_SENDERS = 6
/** Single replays that are told before the kill, at most. */
const MOST_TOLD = 80

/** What the API said before the process was gone. */
interface Told {
  replays: Replay[]
  begun: Batch[]
  ended: Batch[]
}

/**
 * SIGKILL during replays and bulk replays: what the API said is stored, an interrupted bulk replay
 * says so, and no request reached the target that has no row.
 */
export async function replayRounds(options: TortureOptions): Promise<Summary> {
  const totals = { replaysTold: 0, batchesBegun: 0, batchesDone: 0, reachedTarget: 0, unended: 0 }
  const target = await openTarget(seeded(options.seed ^ 0x5e9d))
  try {
    await runRounds(options, async (round) => {
      if (round.isFirst) await prepare(round)
      target.received.length = 0
      const told = await killOne(round, target)
      // What came in before the kill is there by now; the sockets ended with the process.
      await sleep(20)
      const unended = await expectTold(round.dataDir, told, target)
      totals.replaysTold += told.replays.length
      totals.batchesBegun += told.begun.length
      totals.batchesDone += told.ended.length
      totals.reachedTarget += target.received.length
      totals.unended += unended
      return `${told.replays.length} replays and ${told.begun.length} bulk replays told, ${target.received.length} at the target`
    })
  } finally {
    await target.close()
  }
  return totals
}

async function prepare({ dataDir, chance }: Round): Promise<void> {
  const app = await startApp(dataDir)
  await addEndpoint(app.client, 'signed')
  await burst({
    ...{ url: app.url, label: 'seed', paths: ['/signed'], connections: 8, most: DELIVERIES },
    maker: deliveryMaker(chance, 0.02),
    stopped: () => false,
  })
  await app.kill('SIGTERM')
}

async function killOne({ number, chance, dataDir }: Round, target: Target): Promise<Told> {
  const app = await startApp(dataDir)
  const told: Told = { replays: [], begun: [], ended: [] }
  let killed = false
  const tally = createTally()
  const asked = { url: target.url, resign: chance.isBelow(0.5) }
  const single = async (worker: number) => {
    for (let at = 0; !killed; at++) {
      const name = `${number}-single-${worker}-${at}`
      const deliveryId = 1 + ((worker * 17 + at) % DELIVERIES)
      const setHeaders: [string, string][] = [['X-Torture', name]]
      const call = app.client.replays.create({ ...asked, deliveryId, edits: { setHeaders } })
      const replay = await orNull(call)
      if (replay === null) continue
      told.replays.push(replay)
      tally.came()
    }
  }
  const bulk = async () => {
    for (let at = 0; !killed; at++) {
      const batch = await orNull(app.client.batches.create(bulkReplay(number, at, asked)))
      if (batch === null) continue
      told.begun.push(batch)
      const ended = await endOf(app.client, batch.id, () => killed)
      if (ended !== null) told.ended.push(ended)
    }
  }
  const all = Promise.all([bulk(), ...Array.from({ length: SINGLE_SENDERS }, (_, n) => single(n))])
  await tally.moment(chance, MOST_TOLD)
  await app.kill('SIGKILL')
  killed = true
  await all
  return told
}

function bulkReplay(round: number, at: number, asked: { url: string; resign: boolean }) {
  const setHeaders: [string, string][] = [['X-Torture', `${round}-bulk-${at}`]]
  const ids = Array.from({ length: DELIVERIES }, (_, index) => index + 1)
  return { ...asked, selection: { ids }, edits: { setHeaders }, concurrency: 8 }
}

/** A call that ends with the process that it was made to. */
async function orNull<T>(call: Promise<T>): Promise<T | null> {
  return call.catch(() => sleep(1).then(() => null))
}

async function endOf(client: ApiClient, id: number, killed: () => boolean): Promise<Batch | null> {
  while (!killed()) {
    const batch = await orNull(client.batches.get({ id }))
    if (batch !== null && batch.state !== 'running') return batch
    await sleep(5)
  }
  return null
}

/** @returns how many replays were begun whose end nobody knows */
async function expectTold(dataDir: string, told: Told, target: Target): Promise<number> {
  const app = await startApp(dataDir)
  try {
    checkDatabase(dataDir)
    const changed: unknown[] = []
    for (const replay of told.replays) {
      const stored = await orNull(app.client.replays.get({ id: replay.id }))
      if (!isDeepStrictEqual(stored, replay)) changed.push({ told: replay, stored })
    }
    expectNone('Replays are not stored as they were told.', changed)
    await expectBatches(app.client, told)
    expectRecorded(dataDir, target)
    return withDatabase(dataDir, (db) =>
      Number(
        db
          .prepare('SELECT count(*) FROM replays WHERE answer_status IS NULL AND error IS NULL')
          .pluck()
          .get(),
      ),
    )
  } finally {
    await app.kill('SIGTERM')
  }
}

async function expectBatches(client: ApiClient, { begun, ended }: Told): Promise<void> {
  const ends = new Map(ended.map((batch) => [batch.id, batch]))
  for (const { id, total, sentence } of begun) {
    const batch = await orNull(client.batches.get({ id }))
    const end = ends.get(id)
    const isAsTold =
      batch?.total === total &&
      batch.sentence === sentence &&
      batch.sent <= total &&
      (end === undefined
        ? batch.state === 'done' || (batch.state === 'interrupted' && batch.detail !== null)
        : isDeepStrictEqual(batch, end))
    if (!isAsTold)
      throw new Breach('A bulk replay is not stored as it was told.', { id, batch, end })
  }
}

/** Every request that reached the target has a row: it is written before it is sent. */
function expectRecorded(dataDir: string, target: Target): void {
  withDatabase(dataDir, (db) => {
    const rows = db
      .prepare<[], { name: string; count: number }>(
        `SELECT headers.value ->> 1 AS name, count(*) AS count
         FROM replays, json_each(raw_headers) AS headers
         WHERE headers.value ->> 0 = 'X-Torture' GROUP BY 1`,
      )
      .all()
    const stored = new Map(rows.map(({ name, count }) => [name, count]))
    const came = new Map<string, number>()
    for (const { name } of target.received) came.set(name, (came.get(name) ?? 0) + 1)
    const unknown = [...came].filter(([name, count]) => (stored.get(name) ?? 0) < count)
    expectNone('Requests reached the target that no row tells of.', unknown)
  })
}
