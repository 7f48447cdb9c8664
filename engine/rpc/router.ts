import { ORPCError } from '@orpc/client'
import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { describeWriteFailure, isDatabaseFailure } from '#engine/store/describe-write-failure.ts'
import { checkCalls } from './check-calls.ts'
import { composeCalls } from './compose-calls.ts'
import { batchCalls } from './batch-calls.ts'
import { dataKeyCalls } from './data-key-calls.ts'
import { deliveryCalls } from './delivery-calls.ts'
import { endpointCalls } from './endpoint-calls.ts'
import { hostCalls } from './host-calls.ts'
import { fixtureCalls } from './fixture-calls.ts'
import { forwardCalls } from './forward-calls.ts'
import { keyCalls } from './key-calls.ts'
import { logCalls, logging } from './log-calls.ts'
import { listenerCalls } from './listener-calls.ts'
import { markCalls } from './mark-calls.ts'
import { overviewCalls } from './overview-calls.ts'
import { replayCalls } from './replay-calls.ts'
import { healthCalls } from './health-calls.ts'
import type { Rooms } from './rooms.ts'
import { savedFilterCalls } from './saved-filter-calls.ts'
import { schemeCalls } from './scheme-calls.ts'
import { secretCalls } from './secret-calls.ts'
import { settingsCalls } from './settings-calls.ts'
import { statusCalls } from './status-calls.ts'
import { testWebhookCalls } from './test-webhook-calls.ts'
import { transferCalls } from './transfer-calls.ts'
import { tunnelCalls } from './tunnel-calls.ts'
import { verifierCodeCalls } from './verifier-code-calls.ts'
import { verifyCalls } from './verify-calls.ts'

/** Whatever a call writes: a database that refuses is the contract's UNAVAILABLE, said in words. */
const writable = (life: Rooms['life']) =>
  implement(api).use(async ({ next, path, signal }, input, output) => {
    // A database that was damaged was replaced, and everything that worked on it.
    const later = life.later(path, input, signal)
    if (later !== null) return output(await later)
    try {
      return await next()
    } catch (error) {
      life.suspect(error)
      if (!isDatabaseFailure(error)) throw error
      const { sentence } = describeWriteFailure(error)
      throw new ORPCError('UNAVAILABLE', { status: 503, message: sentence, cause: error })
    }
  })

/** The whole contract, implemented; the three doors serve this one router. */
export function createRouter(rooms: Rooms) {
  const { subscriberHash, verifying } = verifyCalls(rooms)
  const { makeKeyPair, keyOffer, fetchKey } = keyCalls(rooms)
  const endpoints = endpointCalls(rooms)
  const schemes = schemeCalls(rooms)
  const savedFilters = savedFilterCalls(rooms)
  return writable(rooms.life)
    .use(logging(rooms.log))
    .router({
      ...statusCalls(rooms),
      settings: settingsCalls(rooms, { endpoints, schemes, savedFilters }),
      listener: listenerCalls(rooms),
      tunnels: tunnelCalls(rooms),
      schemes,
      endpoints,
      secrets: secretCalls(rooms),
      dataKey: dataKeyCalls(rooms),
      logs: logCalls(rooms),
      deliveries: { ...deliveryCalls(rooms), ...markCalls(rooms), keyOffer, fetchKey },
      overview: overviewCalls(rooms),
      compose: composeCalls(rooms),
      checks: checkCalls(rooms),
      fixtures: fixtureCalls(rooms),
      replays: replayCalls(rooms),
      forwards: forwardCalls(rooms),
      batches: batchCalls(rooms),
      hosts: hostCalls(rooms),
      health: healthCalls(rooms),
      savedFilters,
      transfers: transferCalls(rooms),
      verifying,
      tools: {
        ...verifierCodeCalls(rooms),
        subscriberHash,
        sendTest: testWebhookCalls(rooms),
        makeKeyPair,
      },
    })
}

export type EngineRouter = ReturnType<typeof createRouter>
