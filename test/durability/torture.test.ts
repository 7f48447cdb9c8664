import { describe, expect, it } from 'vitest'
import { forwardRounds } from '#test/torture/forwards.ts'
import { killRounds } from '#test/torture/kill.ts'
import { replayRounds } from '#test/torture/replays.ts'

/** The short forms of `npm run torture`, with the same checks. */
const options = (rounds: number) => ({
  rounds,
  seed: 20_261_122,
  from: 1,
  onProgress: () => undefined,
})

describe('SIGKILL at a random moment', () => {
  it('of bursts: what was answered is there, once, whole and judged', async () => {
    const { answered, spooled } = await killRounds(options(5))
    expect(answered).toBeGreaterThan(100)
    expect(spooled).toBeGreaterThan(0)
  }, 120_000)

  it('while deliveries are sent on: what waited reaches its target, what was said is stored', async () => {
    const { behind, before, reachedTarget } = await forwardRounds(options(3))
    expect(behind).toBeGreaterThan(0)
    expect(before).toBeGreaterThan(0)
    expect(reachedTarget).toBeGreaterThan(0)
  }, 120_000)

  it('of replays: what was told is stored, and what was cut off says so', async () => {
    const { replaysTold, batchesBegun } = await replayRounds(options(3))
    expect(replaysTold).toBeGreaterThan(0)
    expect(batchesBegun).toBeGreaterThan(0)
  }, 120_000)
})
