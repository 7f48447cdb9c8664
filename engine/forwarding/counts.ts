import type { ForwardQueue } from '#contract/forwarding.ts'
import type { Status } from '#contract/status.ts'
import type { ReadThread } from '#engine/judging/read-pool.ts'

/** They are counted by a read thread, at most so often. */
const EVERY_MS = 250

export interface Counts {
  /** As counted last; `null`: nothing waits and nothing failed. */
  now(): Status['forwarding']
  /** They may be other ones by now. */
  refresh(): void
  /** What waits and what failed of an endpoint. */
  openOf(endpointId: number): Promise<number>
  close(): void
}

/** How much waits and how much failed, off the capture thread. */
export function createCounts(thread: Pick<ReadThread, 'run'>, onCounted: () => void): Counts {
  let known: Status['forwarding'] = null
  let timer: NodeJS.Timeout | null = null
  let closed = false

  const count = async () => {
    const queues = await thread.run('forwardQueues', {})
    const counted = sum(queues)
    if (closed || JSON.stringify(counted) === JSON.stringify(known)) return
    known = counted
    onCounted()
  }
  const refresh = () => {
    if (closed || timer !== null) return
    timer = setTimeout(() => {
      timer = null
      // A thread that died is started anew by the next call.
      count().catch(refresh)
    }, EVERY_MS).unref()
  }
  return {
    now: () => known,
    refresh,
    async openOf(endpointId) {
      const queues = await thread.run('forwardQueues', {})
      const found = queues.find((queue) => queue.endpointId === endpointId)
      return found ? found.waiting + found.failed : 0
    },
    close() {
      closed = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}

function sum(queues: readonly ForwardQueue[]): Status['forwarding'] {
  const total = { waiting: 0, failed: 0 }
  for (const { waiting, failed } of queues) {
    total.waiting += waiting
    total.failed += failed
  }
  return total.waiting + total.failed === 0 ? null : total
}
