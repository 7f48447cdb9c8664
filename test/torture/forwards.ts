import { setTimeout as sleep } from 'node:timers/promises'
import { addEndpoint, forwardingTo, startApp } from './app.ts'
import { Breach, expectNone } from './breach.ts'
import { type Answered, isAccepted } from './burst.ts'
import { seeded } from './chance.ts'
import { expectOutcomes, expectQueued } from './forward-outcomes.ts'
import { killedBurst } from './killed-burst.ts'
import { deliveryMaker } from './ledger.ts'
import { reopen } from './reopen.ts'
import { type Round, runRounds, type Summary, type TortureOptions } from './rounds.ts'
import { expectStored } from './stored.ts'
import { openTarget, type Target } from './target.ts'

const CONNECTIONS = 16
/** Deliveries that are answered before the kill, at most. */
const MOST_ANSWERED = 120
const QUEUE_PATIENCE_MS = 60_000

/**
 * SIGKILL while deliveries are sent on: what was answered behind reaches the target at least once
 * after the restarts, and what was answered with the target's words is stored with them.
 */
export async function forwardRounds(options: TortureOptions): Promise<Summary> {
  const totals = { behind: 0, before: 0, reachedTarget: 0, repeatedAtTarget: 0 }
  const target = await openTarget(seeded(options.seed ^ 0x7a26e7))
  let behind: Answered[] = []
  try {
    await runRounds(options, async (round) => {
      if (round.isFirst) behind = []
      const answered = await killOne(round, target)
      const stored = reopen(round.dataDir)
      expectStored(answered.filter(isAccepted), stored)
      const before = answered.filter(({ target: path }) => path.startsWith('/before/'))
      expectOutcomes(round.dataDir, before, stored)
      const here = answered.filter((one) => one.target.startsWith('/behind/') && isAccepted(one))
      expectQueued(round.dataDir, here, stored)
      behind.push(...here)
      totals.behind += here.length
      totals.before += before.length
      if (round.isLast) {
        await expectDelivered(round, target, behind)
        totals.reachedTarget += target.received.length
        totals.repeatedAtTarget += repeated(target)
        target.received.length = 0
      }
      return `${here.length} answered at once, ${before.length} with the target's answer`
    })
  } finally {
    await target.close()
  }
  return totals
}

async function killOne({ number, chance, dataDir, isFirst }: Round, target: Target) {
  const app = await startApp(dataDir)
  if (isFirst) {
    await addEndpoint(app.client, 'behind', forwardingTo(target.url, 'after-answer'))
    await addEndpoint(app.client, 'before', forwardingTo(target.url, 'before-answer'))
  }
  return killedBurst(app, chance, MOST_ANSWERED, {
    label: String(number),
    paths: ['/behind', '/before'],
    maker: deliveryMaker(chance, 0.01),
    connections: CONNECTIONS,
  })
}

/** Starts once more, waits until nothing waits, and compares with what the target has. */
async function expectDelivered(
  { dataDir }: Round,
  target: Target,
  behind: readonly Answered[],
): Promise<void> {
  target.calm()
  const app = await startApp(dataDir)
  const giveUpAtMs = Date.now() + QUEUE_PATIENCE_MS
  for (;;) {
    const waiting = await app.client.forwards.queues()
    if (waiting.every((queue) => queue.waiting === 0)) break
    if (Date.now() > giveUpAtMs) throw new Breach('Forwards still wait after a minute.', waiting)
    await sleep(50)
  }
  await app.kill('SIGTERM')
  const had = new Set(target.received.map(({ target: path, bodySha256 }) => path + bodySha256))
  const lost = behind.filter(({ target: path, bodySha256 }) => !had.has(path + bodySha256))
  expectNone('Answered deliveries never reached the target.', lost)
}

function repeated(target: Target): number {
  return target.received.length - new Set(target.received.map(({ name }) => name)).size
}
