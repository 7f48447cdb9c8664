import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { deliveryCalls } from './delivery-calls.ts'
import { endpointCalls } from './endpoint-calls.ts'
import { replayCalls } from './replay-calls.ts'
import type { Rooms } from './rooms.ts'
import { secretCalls } from './secret-calls.ts'
import { statusCalls } from './status-calls.ts'
import { testWebhookCalls } from './test-webhook-calls.ts'
import { verifyCalls } from './verify-calls.ts'

/** The whole contract, implemented; the three doors serve this one router. */
export function createRouter(rooms: Rooms) {
  const { subscriberHash, verifying } = verifyCalls(rooms)
  return implement(api).router({
    ...statusCalls(rooms),
    endpoints: endpointCalls(rooms),
    secrets: secretCalls(rooms),
    deliveries: deliveryCalls(rooms),
    replays: replayCalls(rooms),
    verifying,
    tools: { subscriberHash, sendTest: testWebhookCalls(rooms) },
  })
}

export type EngineRouter = ReturnType<typeof createRouter>
