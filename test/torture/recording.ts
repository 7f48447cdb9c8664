import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { addEndpoint, forwardingTo, startApp, type TorturedApp } from './app.ts'
import { type Answered, burst } from './burst.ts'
import type { Chance } from './chance.ts'
import { parseCalls, straceInFull, type TracedCall } from './disk/trace.ts'
import { deliveryMaker } from './ledger.ts'
import { openTarget, type Target } from './target.ts'

/** How much is done under strace; the calls of all of it are kept in memory. */
export interface Workload {
  /** Deliveries in each burst. */
  deliveries: number
  connections: number
  /** Share of the bodies that go to files of their own. */
  spooledShare: number
  /** Extra arguments of Node, such as a module that breaks durability. */
  nodeArguments?: string[]
}

/** What a listener did while it was traced, from its very first start. */
export interface Recording {
  /** The folder below which everything was traced; it stood before. */
  root: string
  dataDir: string
  /** One run of the process after the other. */
  runs: { calls: TracedCall[]; answered: Answered[] }[]
}

const RETAIN_EVERY_MS = 150
const REST_MS = 1_000

/** Retention may take these; all others have to stay. */
export const MAY_GO = '/old/'

/**
 * Traces a listener on a data directory whose parents do not exist yet: bursts with spooled bodies,
 * forwards, retention and enough bytes for checkpoints; ended in order, started again, killed.
 */
export async function record(root: string, chance: Chance, work: Workload): Promise<Recording> {
  const dataDir = join(root, 'far', 'away', 'data')
  const target = await openTarget(chance.of(1))
  target.calm()
  const runs: Recording['runs'] = []
  const run = async (number: number, drive: (app: TorturedApp) => Promise<Answered[]>) => {
    const log = `${root}.${number}.strace`
    const wrapper = straceInFull(log)
    const app = await startApp(dataDir, { wrapper, nodeArguments: work.nodeArguments ?? [] })
    let answered: Answered[]
    try {
      answered = await drive(app)
    } finally {
      await app.kill('SIGKILL')
    }
    runs.push({ calls: await readCalls(log), answered })
  }
  try {
    await run(1, (app) => firstRun(app, chance, work, target))
    await run(2, (app) => secondRun(app, chance, work))
  } finally {
    await target.close()
  }
  return { root, dataDir, runs }
}

async function firstRun(app: TorturedApp, chance: Chance, work: Workload, target: Target) {
  await addEndpoint(app.client, 'old')
  await addEndpoint(app.client, 'new')
  await addEndpoint(app.client, 'behind', forwardingTo(target.url, 'after-answer'))
  await addEndpoint(app.client, 'before', forwardingTo(target.url, 'before-answer'))
  const old = await send(app, chance, work, 'old', ['/old'])
  const sending = send(app, chance, work, 'first', ['/new', '/behind', '/new', '/before'])
  await retainMeanwhile(app, sending, 1.5 * work.deliveries)
  const answered = await sending
  await app.kill('SIGTERM')
  return [...old, ...answered]
}

async function secondRun(app: TorturedApp, chance: Chance, work: Workload) {
  const sending = send(app, chance, work, 'second', ['/new', '/before', '/behind'])
  await retainMeanwhile(app, sending, 2 * work.deliveries)
  // What is left of deleted ones is tidied up once capture rests.
  await sleep(REST_MS)
  await app.kill('SIGKILL')
  return sending
}

/** Retention looks anew with each change. @param least more new ones do not come: only old ones go */
async function retainMeanwhile(
  { client }: TorturedApp,
  sending: Promise<unknown>,
  least: number,
): Promise<void> {
  const ended = sending.then(() => true)
  for (let more = 5; ; more = more === 0 ? 5 : more - 1) {
    const retention = { maxCount: Math.ceil(least) + more }
    // Under strace the database may be held for longer than a call waits.
    await client.settings.update({ retention }).catch(() => undefined)
    if (await Promise.race([ended, sleep(RETAIN_EVERY_MS, false)])) return
  }
}

function send(
  app: TorturedApp,
  chance: Chance,
  { deliveries, connections, spooledShare }: Workload,
  label: string,
  paths: readonly string[],
): Promise<Answered[]> {
  return burst({
    ...{ url: app.url, label, paths, connections, most: deliveries },
    maker: deliveryMaker(chance, spooledShare),
    stopped: () => false,
  })
}

async function readCalls(log: string): Promise<TracedCall[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: createReadStream(log, 'latin1') })) {
    lines.push(line)
  }
  return parseCalls(lines)
}
