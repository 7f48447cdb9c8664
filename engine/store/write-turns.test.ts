import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { createWriteTurns } from './write-turns.ts'

/** The upkeep thread: writes for some time whenever it is told to, and says when it began and ended. */
const UPKEEP = `
  import { parentPort, workerData } from 'node:worker_threads'
  const { createWriteTurns } = await import(workerData.module)
  const turns = createWriteTurns(workerData.buffer)
  parentPort.on('message', (ms) => {
    turns.enter()
    parentPort.postMessage('in')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
    turns.exit()
    parentPort.postMessage('out')
  })
  parentPort.postMessage('ready')
`

const workers: Worker[] = []

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.terminate()
})

async function upkeep(buffer: SharedArrayBuffer) {
  const module = new URL('./write-turns.ts', import.meta.url).href
  const code = new URL(`data:text/javascript,${encodeURIComponent(UPKEEP)}`)
  const worker = new Worker(code, { workerData: { buffer, module } })
  workers.push(worker)
  const said = async (word: string) => {
    for (;;) {
      const [message]: unknown[] = await once(worker, 'message')
      if (message === word) return
    }
  }
  await said('ready')
  return { write: (ms: number) => worker.postMessage(ms), said }
}

describe('turns of writing', () => {
  it('are given at once while nobody else writes', () => {
    const turns = createWriteTurns()
    expect(turns.take(() => undefined)).toBe(true)
    turns.leave()
    expect(turns.take(() => undefined)).toBe(true)
  })

  it('wait for the other thread without standing still, and go on the moment it is done', async () => {
    const turns = createWriteTurns()
    const other = await upkeep(turns.buffer)
    const done = other.said('in')
    other.write(40)
    await done
    let ticks = 0
    const ticking = setInterval(() => (ticks += 1), 1)
    const began = performance.now()
    const went = await new Promise<boolean>((go) => {
      if (turns.take(() => go(true))) go(false)
    })
    clearInterval(ticking)
    expect(went).toBe(true)
    expect(performance.now() - began).toBeGreaterThan(5)
    expect(ticks).toBeGreaterThan(3)
  })

  it('hold the other thread back until capture has written', async () => {
    const turns = createWriteTurns()
    const other = await upkeep(turns.buffer)
    turns.take(() => undefined)
    let entered = false
    const done = other.said('in').then(() => (entered = true))
    other.write(1)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(entered).toBe(false)
    turns.leave()
    await done
  })

  it('do not wait for ever for a thread that died while it wrote', async () => {
    const turns = createWriteTurns()
    turns.enter()
    const went = await new Promise<string>((go) => {
      if (turns.take(() => go('after a while'))) go('at once')
    })
    expect(went).toBe('after a while')
  })
})
