import http from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { createRouterClient } from '@orpc/server'
import { createEngine } from '#engine/engine.ts'
import { benchDatabase } from './search/database.ts'
import { quantile } from './search/measure.ts'

const COUNT = 200_000
const PAUSE_MS = 5
const POSTS_ALONE = 1_000

/**
 * What removing half of a large store costs those who send meanwhile: the time from request to
 * answer alone, while rows are hidden, and while they leave the file. `npm run bench -- removal
 * [COUNT]`; the store is used up by it.
 */
export async function benchRemoval(): Promise<void> {
  const count = Number(process.argv[3] ?? COUNT)
  const dataDir = await benchDatabase(count)
  const listen = { host: '127.0.0.1', port: 0, portWasAskedFor: false }
  const engine = await createEngine({
    dataDir,
    version: 'bench',
    listen,
    osKeyStorage: null,
    undoMs: 0,
  })
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const client = createRouterClient(engine.router, { context: {} })
    const url = `${engine.status().listening?.url ?? ''}/bench`
    await posts(url, agent, (nth) => nth < POSTS_ALONE)
    const alone = await posts(url, agent, (nth) => nth < POSTS_ALONE)
    const began = performance.now()
    const upToId = Math.floor(count / 2)
    await client.deliveries.remove({ selection: { filter: {}, upToId, exceptIds: [] } })
    let seen = false
    const isGoingOn = () => {
      const going = engine.status().jobs.length > 0
      seen ||= going
      return going || !seen
    }
    const beside = await posts(url, agent, isGoingOn)
    const seconds = (performance.now() - began) / 1_000
    const rate = Math.round(upToId / seconds)
    console.log(`removed ${upToId} in ${seconds.toFixed(1)} s: ${rate} rows a second`)
    console.log(`answer alone: ${said(alone)}; beside the removal: ${said(beside)}`)
    const ratio = quantile(beside, 0.5) / quantile(alone, 0.5)
    console.log(`ratio of the medians: ${ratio.toFixed(2)}`)
  } finally {
    agent.destroy()
    await engine.close()
  }
}

const said = (times: readonly number[]) =>
  [0.5, 0.99, 1]
    .map((at) => `${at === 1 ? 'max' : `p${at * 100}`} ${quantile(times, at).toFixed(2)} ms`)
    .join(', ')

async function posts(
  url: string,
  agent: http.Agent,
  goesOn: (nth: number) => boolean,
): Promise<number[]> {
  const times: number[] = []
  for (let nth = 0; goesOn(nth); nth += 1) {
    const before = performance.now()
    await post(url, agent)
    times.push(performance.now() - before)
    await wait(PAUSE_MS)
  }
  return times
}

function post(url: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent }, (answer) => {
      answer.resume()
      answer.on('end', resolve)
    })
    request.on('error', reject)
    request.end('{"event":"bench"}')
  })
}
