import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { atMost, type Figure, type Scale } from '#bench/fast/figure.ts'
import { filledFolder, inFolder, loadFor, memoryOf, startEngine } from '#bench/fast/rig.ts'
import { median, stop } from '#bench/pinned.ts'
import { sizeOf } from '#bench/search/database.ts'
import { idle } from './latency.ts'

const run = promisify(execFile)
const launcher = join(import.meta.dirname, '..', '..', '..', 'cli', 'launcher.cjs')
const ROUNDS = 7

/** Memory of the engine and size of the file after capturing so many. */
export async function grownRows({ large, quick }: Scale): Promise<Figure[]> {
  return inFolder(async ({ folder, secret, requests }) => {
    const dataDir = join(folder, 'data')
    const file = requests(quick ? 4_000 : Math.min(large, 250_000))
    const engine = await startEngine(dataDir, secret, { cores: '0,1' })
    const along: number[] = []
    let stored = 0
    while (stored < large) {
      loadFor(engine.url, quick ? 1 : 5, file)
      stored = (await engine.client.deliveries.list({ limit: 1 })).rows[0]?.id ?? 0
      if (stored >= (large * (along.length + 1)) / 4) along.push(memoryOf(engine.pid).now)
    }
    await idle(engine)
    await wait(2_000)
    const { now, peak } = memoryOf(engine.pid)
    await engine.stop()
    const perDelivery = sizeOf(dataDir) / stored
    const value = perDelivery / file.recordBytes
    return [
      {
        what: `memory of the engine after ${stored.toLocaleString('en')} deliveries`,
        aim: '≤ 200 MB, flat',
        measured: `${now.toFixed(0)} MB, ${peak.toFixed(0)} MB at most; along the way ${along.map((one) => one.toFixed(0)).join(', ')}`,
        ...{ reference: null, value: now, met: atMost(now, 200) },
      },
      {
        what: 'file per delivery of 1 KiB, index included',
        aim: '≤ 2.5 × (headers + body)',
        measured: `${perDelivery.toFixed(0)} bytes`,
        reference: `headers and body ${file.recordBytes} bytes`,
        ...{ value, met: atMost(value, 2.5) },
      },
    ]
  })
}

/** From the start of the process until it listens. */
export async function startRows({ large, quick }: Scale): Promise<Figure[]> {
  return inFolder(async ({ folder }) => {
    const filled = await filledFolder(large, folder)
    const times: Record<'node' | 'empty' | 'filled', number[]> = { node: [], empty: [], filled: [] }
    for (let round = 0; round < (quick ? 3 : ROUNDS); round++) {
      times.node.push(await timed(() => run(process.execPath, ['-e', '0'])))
      times.empty.push(await startsIn(join(folder, `empty-${round}`)))
      times.filled.push(await startsIn(filled))
    }
    const node = median(times.node)
    return (['empty', 'filled'] as const).map((name) => {
      const value = median(times[name]) / node
      const stored = name === 'empty' ? 'empty' : `with ${large.toLocaleString('en')}`
      return {
        what: `start to listening, ${stored}`,
        aim: '≤ 6 × `node -e 0`',
        measured: `${median(times[name]).toFixed(0)} ms`,
        reference: `\`node -e 0\` ${node.toFixed(0)} ms`,
        ...{ value, met: atMost(value, 6) },
      }
    })
  })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function startsIn(dataDir: string): Promise<number> {
  const args = [launcher, 'listen', '--port', '0', '--no-ui', '--data-dir', dataDir]
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  await new Promise<void>((resolve, reject) => {
    lines.once('line', () => resolve())
    child.once('exit', (code) => reject(new Error(`listen ended with ${code}.`)))
  })
  const took = performance.now() - began
  lines.on('line', () => undefined)
  await stop(child)
  return took
}
