import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { powerCuts } from '#test/torture/powercut.ts'
import { FailedRound } from '#test/torture/rounds.ts'
import { straceIsHere } from './strace-is-here.ts'

const here = straceIsHere()
if (!here) console.warn('strace is not on this machine: power cuts are not tried.')

const WORK = { deliveries: 40, connections: 8, spooledShare: 0.05 }
/** The short form of `npm run torture -- powercut`, with the same checks. */
const options = (rounds: number) => ({
  rounds,
  seed: 20_261_122,
  from: 1,
  onProgress: () => undefined,
})

describe.runIf(here)('a power cut at a random moment', () => {
  it('leaves a data directory that opens, with every answered delivery in it', async () => {
    const { answers, compared, databaseSyncs, logRestarts } = await powerCuts(options(15), WORK)
    expect(answers).toBe(3 * WORK.deliveries)
    expect(compared).toBeGreaterThan(0)
    expect(databaseSyncs).toBeGreaterThan(0)
    expect(logRestarts).toBeGreaterThan(0)
  }, 120_000)

  it('shows what is lost when nothing is synced', async () => {
    const nodeArguments = ['--require', join(import.meta.dirname, 'synchronous-off.cjs')]
    const lost = powerCuts(options(15), { ...WORK, nodeArguments })
    await expect(lost).rejects.toThrow(FailedRound)
    await expect(lost).rejects.toThrow(
      /missing|integrity_check|cannot be used|damaged|without their delivery/,
    )
  }, 120_000)
})
