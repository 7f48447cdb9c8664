import { createRouterClient } from '@orpc/server'
import { createEngine } from '#engine/engine.ts'
import { createIntake, type Intake } from '#engine/judging/intake.ts'
import { createRoster } from '#engine/judging/roster.ts'
import { createSchemeBook } from '#engine/judging/scheme-book.ts'
import type { CapturedRequest } from '#engine/listener/types.ts'
import { openVault } from '#engine/secrets/vault.ts'
import { openStore } from '#engine/store/open-store.ts'
import { planDemo } from './plan.ts'
import { providers } from './providers.ts'
import { createRandom } from './random.ts'
import { createRequestMaker } from './requests.ts'
import { strayRequests } from './strays.ts'

export interface DemoOptions {
  /** A data directory of its own. */
  dataDir: string
  version: string
  /** The newest deliveries are of this moment. */
  nowMs: number
  /** About so many deliveries. */
  count: number
  /** How far back the oldest is. */
  spanMs: number
  seed: number
}

/**
 * Fills a data directory with endpoints and with deliveries that our own signer signed, judged as
 * if they had come when they say. Nothing else may have it open.
 *
 * @returns how many deliveries there are now
 */
export async function seedDemo(options: DemoOptions): Promise<number> {
  await makeEndpoints(options)
  return fill(options)
}

async function makeEndpoints({ dataDir, version }: DemoOptions): Promise<void> {
  const engine = await createEngine({ dataDir, version, listen: null, osKeyStorage: null })
  try {
    const client = createRouterClient(engine.router, { context: {} })
    for (const { name, path, schemeId, secrets, settings = {} } of providers) {
      const endpoint = {
        name,
        path,
        schemeId,
        settings,
        secrets: secrets.map((each) => ({ ...each })),
      }
      await client.endpoints.create(endpoint)
    }
  } finally {
    await engine.close()
  }
}

function failed(error: unknown): void {
  throw error
}

async function fill(options: DemoOptions): Promise<number> {
  const { dataDir, nowMs, spanMs, count, seed } = options
  const store = openStore(dataDir)
  const vault = await openVault({ slots: store.slots, dataDir, osKeyStorage: null })
  const roster = createRoster(
    store,
    vault,
    createSchemeBook(() => store.ownSchemes.list()),
  )
  const intake = createIntake({
    store,
    roster,
    replayIdOf: () => null,
    onCommitted: () => undefined,
    onTimesStored: () => undefined,
    onTimesRefused: failed,
    onWriteFailure: failed,
    onJudgingFailure: failed,
    discardBody: () => undefined,
  })
  try {
    const random = createRandom(seed)
    const make = createRequestMaker(random)
    const planned = planDemo(random, nowMs, spanMs, count).map(make)
    const all = [...planned, ...strayRequests(nowMs, spanMs)]
    all.sort((a, b) => a.head.receivedAtMs - b.head.receivedAtMs)
    for (const request of all) await receive(intake, request, random.between(1, 9))
    return all.length
  } finally {
    intake.close()
    vault.close()
    store.close()
  }
}

/** As the listener does it, with the times of then. */
async function receive(
  intake: Intake,
  request: CapturedRequest,
  answeredAfterMs: number,
): Promise<void> {
  const recorded = await intake.accept(request)
  if (request.problem === 'sender-gone') return
  const { id } = recorded.delivery
  const { completedAtMs, head } = request
  intake.answered(
    {
      ...recorded,
      delivery: { id, committedAtMs: completedAtMs + Math.ceil(answeredAfterMs / 2) },
    },
    { connectedAtMs: head.receivedAtMs - 1, answeredAtMs: completedAtMs + answeredAfterMs },
  )
}
