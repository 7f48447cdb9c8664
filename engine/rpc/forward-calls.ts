import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Rooms } from './rooms.ts'

const WHICH = 'Say which: the id of one, or the id of an endpoint.'

/** What is sent on: the queue of each endpoint, and what a person does about it. */
export function forwardCalls({ reads, forwarder }: Rooms) {
  const os = implement(api)
  return {
    list: os.forwards.list.handler(async ({ input }) => {
      const found = await reads.run('forwards', input)
      return found.map((forward) => forwarder.shown(forward))
    }),
    queues: os.forwards.queues.handler(() => reads.run('forwardQueues', {})),
    retryNow: os.forwards.retryNow.handler(async ({ input, errors }) => {
      const which = whichOf(input)
      if (which === null) throw errors.BAD_REQUEST({ message: WHICH })
      return { count: await forwarder.retryNow(which) }
    }),
    drop: os.forwards.drop.handler(async ({ input, errors }) => {
      const which = whichOf(input)
      if (which === null) throw errors.BAD_REQUEST({ message: WHICH })
      return { count: await forwarder.drop(which) }
    }),
  }
}

function whichOf({ id, endpointId }: { id?: number | undefined; endpointId?: number | undefined }) {
  if (id !== undefined) return { id }
  return endpointId === undefined ? null : { endpointId }
}
