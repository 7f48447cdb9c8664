import { setTimeout as wait } from 'node:timers/promises'
import { atLeast, atMost, type Figure, type Scale } from '#bench/fast/figure.ts'
import { filledFolder, inFolder, type Running, startEngine } from '#bench/fast/rig.ts'
import { median, rate } from '#bench/pinned.ts'
import { loadBeside } from '#bench/fast/load-beside.ts'
import { idle } from './latency.ts'

const SHOWN = 50

/** Deleting half of a large store, and another secret for a large endpoint, while senders send. */
export async function changeRows({ large, seconds, rounds, quick }: Scale): Promise<Figure[]> {
  return inFolder(async ({ folder, secret, requests }) => {
    const file = requests(quick ? 4_000 : 150_000)
    const dataDir = await filledFolder(large, folder)
    const engine = await startEngine(dataDir, secret, { cores: '0,1', undoMs: 0 })
    const load = () => loadBeside(engine.url, seconds, file)
    const measure = async () => {
      const rates: number[] = []
      for (let round = 0; round < rounds; round++) rates.push(rate(await load()))
      return median(rates)
    }
    await load()
    await idle(engine)
    const alone = await measure()
    await idle(engine)
    const shownMs = await changeSecret(engine)
    const judging = await measure()
    const stillJudging = (await engine.client.status.get()).judging !== null
    await idle(engine)
    const half = Math.floor(large / 2)
    const selection = { filter: {}, upToId: half, exceptIds: [] }
    await engine.client.deliveries.remove({ selection, keepPinned: true })
    const removing = await measure()
    const rateOfRemoval = await removalRate(engine)
    await engine.stop()
    const beside = (what: string, value: number, note: string): Figure => ({
      what,
      aim: '≥ 0.7 of undisturbed',
      measured: `${Math.round(value)}/s`,
      reference: `undisturbed ${Math.round(alone)}/s`,
      ...{ value: value / alone, met: atLeast(value / alone, 0.7), note },
    })
    const all = large.toLocaleString('en')
    return [
      beside(
        `capture while ${half.toLocaleString('en')} of ${all} are deleted`,
        removing,
        `deleted with nobody sending: ${Math.round(rateOfRemoval)} rows/s`,
      ),
      beside(
        `capture while an endpoint of ${all} is judged anew`,
        judging,
        stillJudging ? '' : 'judging was over before the load',
      ),
      {
        what: `visible rows judged anew with ${all} stored`,
        aim: '≤ 200 ms',
        measured: `${shownMs.toFixed(0)} ms`,
        ...{ reference: null, value: shownMs, met: atMost(shownMs, 200) },
      },
    ]
  })
}

/** Milliseconds until no row of the first page is judged with the secrets of before. */
async function changeSecret({ client }: Running): Promise<number> {
  const endpoint = (await client.endpoints.list()).find(({ name }) => name === 'svix')
  if (!endpoint) throw new Error('The made deliveries have no endpoint of Svix.')
  const page = async () =>
    (await client.deliveries.list({ filter: { query: 'endpoint:svix' }, limit: SHOWN })).rows
  await page()
  const began = performance.now()
  const text = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
  await client.secrets.add({ endpointId: endpoint.id, text })
  while ((await page()).some(({ verdict }) => verdict === 'valid')) await wait(5)
  return performance.now() - began
}

/** Rows a second, over at most 20 s and with nobody sending. */
async function removalRate({ client }: Running): Promise<number> {
  const done = async () => (await client.status.get()).jobs[0]?.done ?? null
  const before = await done()
  const began = performance.now()
  let last = before
  while (performance.now() - began < 20_000) {
    await wait(200)
    const now = await done()
    if (now === null || now < (last ?? 0)) break
    last = now
  }
  return ((last ?? 0) - (before ?? 0)) / ((performance.now() - began) / 1000)
}
