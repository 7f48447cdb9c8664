import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { atMost, type Figure, type Scale } from '#bench/fast/figure.ts'
import { type Paced, pacedLoad } from '#bench/fast/paced.ts'
import {
  filledFolder,
  inFolder,
  memoryOf,
  PATH,
  type Running,
  startEngine,
} from '#bench/fast/rig.ts'
import { median, startPinned, stop } from '#bench/pinned.ts'

const RATE = 1_000
const script = join(import.meta.dirname, '..', 'syncing-server.ts')
const said = ({ p50, p99, most }: Paced) =>
  `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, most ${most.toFixed(0)} ms`
const middle = (rounds: readonly Paced[]): Paced => {
  const of = (key: keyof Paced) => median(rounds.map((round) => round[key]))
  return {
    ...{ p50: of('p50'), p99: of('p99'), most: of('most') },
    ...{ refused: 0, answered: of('answered'), seconds: of('seconds') },
  }
}

/** Answer times at 1,000 deliveries a second, alone and beside everything that reads and writes. */
export async function latencyRows(scale: Scale): Promise<Figure[]> {
  const { seconds, rounds, middling } = scale
  return inFolder(async ({ folder, secret, requests }) => {
    const file = requests(RATE * seconds)
    const bare: Paced[] = []
    const ours: Paced[] = []
    for (let round = 0; round < rounds; round++) {
      const server = await startPinned([script, join(folder, `plain-${round}`)])
      await pacedLoad(`${server.url}${PATH}`, RATE, 1, file)
      bare.push(await pacedLoad(`${server.url}${PATH}`, RATE, seconds, file))
      await stop(server.child)
      const engine = await startEngine(join(folder, `data-${round}`), secret)
      await pacedLoad(engine.url, RATE, 1, file)
      ours.push(await pacedLoad(engine.url, RATE, seconds, file))
      await engine.stop()
    }
    const [one, other] = [middle(ours), middle(bare)]
    const value = one.p99 / other.p99
    const figure: Figure = {
      what: 'p99 at 1,000/s',
      aim: '≤ 5 × bare with the same fsyncs',
      ...{ measured: said(one), reference: `bare ${said(other)}`, value, met: atMost(value, 5) },
    }
    const filled = await filledFolder(middling, folder)
    return [figure, await besideRow(filled, secret, file, seconds)]
  })
}

/** With both cores for the engine: searches, exports and judging anew run on threads. */
async function besideRow(
  dataDir: string,
  secret: string,
  file: { file: string; recordBytes: number },
  seconds: number,
): Promise<Figure> {
  const engine = await startEngine(dataDir, secret, { cores: '0,1' })
  await idle(engine)
  await pacedLoad(engine.url, RATE, 1, file)
  const alone = await pacedLoad(engine.url, RATE, seconds, file)
  await idle(engine)
  const busy = { on: true, searches: 0, exports: 0, judged: 0 }
  const others = [searching(engine, busy), exporting(engine, busy), judging(engine, busy)]
  const beside = await pacedLoad(engine.url, RATE, seconds, file)
  busy.on = false
  await Promise.all(others)
  await engine.stop()
  const value = beside.p99 / alone.p99
  return {
    what: 'p99 while a search, an export and judging everything anew run',
    aim: '≤ 2 × undisturbed',
    measured: said(beside),
    reference: `undisturbed ${said(alone)}`,
    value,
    met: atMost(value, 2),
    note: `${busy.searches} searches, ${busy.exports} exports, judged anew ${busy.judged} times`,
  }
}

interface Busy {
  on: boolean
  searches: number
  exports: number
  judged: number
}

export async function idle({ client }: Running): Promise<void> {
  for (;;) {
    const status = await client.status.get()
    if (!status.indexing && !status.judging && status.jobs.length === 0) return
    await wait(100)
  }
}

async function searching({ client }: Running, busy: Busy): Promise<void> {
  while (busy.on) {
    for (const query of ['settlement', 'json:$.data.object.amount>999999', 'ba*']) {
      await client.deliveries.list({ filter: { query }, limit: 100 })
      busy.searches += 1
    }
  }
}

async function exporting({ client }: Running, busy: Busy): Promise<void> {
  const [newest] = (await client.deliveries.list({ limit: 1 })).rows
  const selection = { filter: {}, upToId: newest?.id ?? 0, exceptIds: [] }
  while (busy.on) {
    const { id } = await client.transfers.beginExport({ selection, format: 'ndjson' })
    for (;;) {
      const { state } = await client.transfers.get({ id })
      if (state !== 'running' || !busy.on) break
      await wait(20)
    }
    await client.transfers.cancel({ id })
    busy.exports += 1
  }
}

/** A secret more: everything of the endpoints that hold the most is judged anew. */
async function judging({ client }: Running, busy: Busy): Promise<void> {
  const endpoints = await client.endpoints.list()
  const others = endpoints.filter(({ path }) => path !== PATH)
  while (busy.on) {
    for (const { id } of others) {
      const { id: secretId } = await client.secrets.add({ endpointId: id, text: SOME_SECRET })
      await client.secrets.remove({ id: secretId })
    }
    await wait(200)
    busy.judged += 1
  }
}
const SOME_SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

/** A subscriber that fetches what is on its screen whenever it hears of something, as the UI does. */
export async function subscriberRow({ quick }: Scale): Promise<Figure[]> {
  const seconds = quick ? 5 : 60
  return inFolder(async ({ folder, secret, requests }) => {
    const file = requests(RATE * seconds)
    const engine = await startEngine(join(folder, 'data'), secret, { cores: '0,1' })
    const leaving = new AbortController()
    const seen = { newest: 0, events: 0, longestGapMs: 0 }
    const following = follow(engine, seen, leaving.signal)
    await pacedLoad(engine.url, RATE, seconds, file)
    const ended = performance.now()
    while (seen.newest < RATE * seconds) await wait(5)
    const behindMs = performance.now() - ended
    const { now } = memoryOf(engine.pid)
    leaving.abort()
    await following
    await engine.stop()
    return [
      {
        what: `a subscriber at ${RATE}/s for ${seconds} s`,
        aim: 'catches up, no unbounded queue',
        measured: `the last row ${behindMs.toFixed(0)} ms after the last answer; ${seen.events} events, longest gap ${seen.longestGapMs.toFixed(0)} ms; engine ${now.toFixed(0)} MB`,
        ...{ reference: null, value: behindMs, met: atMost(behindMs, 1_000) },
      },
    ]
  })
}

async function follow(
  { client }: Running,
  seen: { newest: number; events: number; longestGapMs: number },
  signal: AbortSignal,
): Promise<void> {
  try {
    let lastAt = performance.now()
    for await (const _ of await client.status.changes(undefined, { signal })) {
      const [newest] = (await client.deliveries.list({ limit: 50 })).rows
      seen.newest = newest?.id ?? 0
      seen.events += 1
      if (seen.newest > 1)
        seen.longestGapMs = Math.max(seen.longestGapMs, performance.now() - lastAt)
      lastAt = performance.now()
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
