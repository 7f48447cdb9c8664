import { describe, expect, it, vi } from 'vitest'
import { makeDelivery } from '#engine/store/new-delivery.fixture.ts'
import type { Committed, NewDelivery } from '#engine/store/types.ts'
import { createWriteTurns } from '#engine/store/write-turns.ts'
import { createCommitQueue, type WaitingDelivery } from './commit-queue.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** A store whose disk does what it is told; everything that happens is said in order. */
function rig() {
  const happened: string[] = []
  const syncs: { resolve(): void; reject(error: Error): void }[] = []
  const held: number[] = []
  const letGo: number[] = []
  let last = 0
  const commit = vi.fn<(batch: readonly NewDelivery[]) => Committed[]>((batch) => {
    happened.push(`commit ${batch.length}`)
    return batch.map(() => ({ id: ++last, duplicate: null }))
  })
  const turns = createWriteTurns()
  const add = createCommitQueue({
    store: {
      commit,
      turns,
      softly: (work) => work(),
      sync: () => new Promise((resolve, reject) => syncs.push({ resolve, reject })),
      markRefused: (ids) => void happened.push(`refused rows ${ids.join(' ')}`),
    },
    times: { held: () => [], stored: () => undefined },
    answers: { committed: () => undefined, rolledBack: () => void happened.push('rolled back') },
    forwarding: {
      hold: (stored) => void held.push(...stored.map(({ committed }) => committed.id)),
      letGo: (stored) => void letGo.push(...stored.map(({ committed }) => committed.id)),
    },
    onCommitted: (stored) => void happened.push(`durable ${stored.length}`),
    onWriteFailure: (error) => void happened.push(`failure ${String(error)}`),
  })
  const send = (name: string) => {
    const waiting: WaitingDelivery = {
      delivery: makeDelivery(),
      stored: ({ committed }) => happened.push(`${name} is ${committed.id}`),
      refused: (_error, written) => happened.push(`${name} refused${written ? ', written' : ''}`),
    }
    add(waiting)
  }
  return { happened, syncs, commit, send, held, letGo }
}

describe('the commit queue', () => {
  it('answers only what is on the disk, and writes meanwhile what came in between as one', async () => {
    const { happened, syncs, send } = rig()
    send('a')
    send('b')
    await turn()
    send('c')
    await turn()
    send('d')
    await turn()
    expect(happened).toEqual(['commit 2'])
    syncs[0]?.resolve()
    await turn()
    expect(happened).toEqual(['commit 2', 'durable 2', 'commit 2', 'a is 1', 'b is 2'])
    syncs[1]?.resolve()
    await turn()
    expect(happened.slice(5)).toEqual(['durable 2', 'c is 3', 'd is 4'])
  })

  it('refuses a batch that was not committed, and takes the next', async () => {
    const { happened, syncs, commit, send } = rig()
    commit.mockImplementationOnce(() => {
      throw new Error('full')
    })
    send('a')
    await turn()
    expect(happened).toEqual(['rolled back', 'failure Error: full', 'a refused'])
    send('b')
    await turn()
    syncs[0]?.resolve()
    await turn()
    expect(happened.at(-1)).toBe('b is 1')
  })

  it('refuses what may not have reached the disk, says so in its rows, and goes on', async () => {
    const { happened, syncs, send } = rig()
    send('a')
    await turn()
    send('b')
    syncs[0]?.reject(new Error('EIO'))
    await turn()
    expect(happened).toEqual([
      ...['commit 1', 'failure Error: EIO', 'refused rows 1', 'a refused, written', 'commit 1'],
    ])
    syncs[1]?.resolve()
    await turn()
    expect(happened.at(-1)).toBe('b is 2')
  })

  it('lets nothing be sent on before it is on the disk', async () => {
    const { syncs, send, held, letGo } = rig()
    send('a')
    await turn()
    expect([held, letGo]).toEqual([[1], []])
    syncs[0]?.reject(new Error('EIO'))
    await turn()
    expect(letGo).toEqual([1])
  })
})
