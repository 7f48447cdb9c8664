import { setTimeout as wait } from 'node:timers/promises'
import { parseFilter } from '#contract/filter/parse.ts'
import { createReadThread } from '#engine/judging/read-pool.ts'
import { openStore, type Store } from '#engine/store/open-store.ts'
import { deliveryMaker, START_MS } from './made-deliveries.ts'
import { quantile } from './measure.ts'

const COMMITS = 400
const PAUSE_MS = 5
/** A scan, common and rare words, a sorted view: what a busy person asks, without a pause. */
const QUESTIONS = [
  'json:$.data.object.amount>999999',
  'settlement',
  'quokka',
  'pa*',
  'status:>=500',
]

/** How long a commit of one delivery takes, with nothing beside it and beside endless searches. */
export async function captureBeside(dataDir: string): Promise<void> {
  const store = openStore(dataDir)
  const thread = createReadThread(dataDir)
  const make = deliveryMaker(Date.now() % 100_000, START_MS + 3_000_000_000)
  try {
    await commits(store, make)
    const alone = await commits(store, make)
    let asking = true
    let answered = 0
    const searches = (async () => {
      for (let nth = 0; asking; nth += 1) {
        const parsed = parseFilter(QUESTIONS[nth % QUESTIONS.length] ?? '', Date.now())
        const where = parsed.ok ? parsed.filter : null
        await thread.run('list', { where, limit: 100, sort: nth % 2 ? 'time' : 'size' })
        answered += 1
      }
    })()
    const beside = await commits(store, make)
    asking = false
    await searches
    console.log(`\ncommit alone: ${said(alone)}; beside ${answered} searches: ${said(beside)}`)
  } finally {
    await thread.close()
    store.close()
  }
}

const said = (times: readonly number[]) =>
  `p50 ${quantile(times, 0.5).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms`

async function commits(store: Store, make: ReturnType<typeof deliveryMaker>): Promise<number[]> {
  const times: number[] = []
  for (let nth = 0; nth < COMMITS; nth += 1) {
    const delivery = make(nth)
    const before = performance.now()
    store.commit([delivery])
    times.push(performance.now() - before)
    await wait(PAUSE_MS)
  }
  return times
}
