import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen, PATH } from './listen.ts'
import { type Load, load, median, report, startPinned, stop } from './pinned.ts'
import { writeSignedRequests } from './signed-requests.ts'

const ROUNDS = 3
const SECONDS = 6
const WARM_UP_SECONDS = 2
const REQUESTS = 60_000

interface Way {
  /** 32 senders at once. */
  many: Load[]
  /** One sender, one request after the other: what a single answer takes. */
  one: Load[]
}

/**
 * Answers through us (judged, committed, sent on, the outcome committed, answered with what the
 * target said) against posting straight to the target; all servers on one core, senders on the other.
 */
export async function benchForward(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const file = join(work, 'requests')
  const recordBytes = writeSignedRequests(file, { count: REQUESTS, path: PATH, secret })
  const measure = (url: string, way: Way) => {
    load(url, WARM_UP_SECONDS, file, recordBytes)
    way.many.push(load(url, SECONDS, file, recordBytes))
    way.one.push(load(url, SECONDS / 2, file, recordBytes, 1))
  }
  const straight: Way = { many: [], one: [] }
  const before: Way = { many: [], one: [] }
  const behind: Way = { many: [], one: [] }
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const target = await startPinned([join(import.meta.dirname, 'bare-server.ts')])
      measure(target.url, straight)
      for (const [way, more] of [
        [before, []],
        [behind, ['--forward-after-answer']],
      ] as const) {
        const dataDir = join(work, `data-${round}-${more.length}`)
        const engine = await listen(dataDir, secret, ['--forward-to', target.url, ...more])
        measure(engine.url, way)
        await stop(engine.child)
      }
      await stop(target.child)
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  const reference = report('straight to the target', straight.many)
  const through = report('through us, answer of the target', before.many)
  const early = report('through us, answered at once', behind.many)
  console.log(
    `ratio: ${(through / reference).toFixed(3)}, at once ${(early / reference).toFixed(3)}`,
  )
  const took = ({ one }: Way) => median(one.map(({ p50 }) => p50)) / 1000
  const added = (way: Way) => (took(way) - took(straight)).toFixed(2)
  console.log(
    `one sender: ${took(straight).toFixed(2)} ms straight; we add ${added(before)} ms, ${added(behind)} ms when answered at once`,
  )
}
