import { expect, it } from 'vitest'
import { corruptRounds } from '#test/torture/corrupt.ts'

/** A short form of `npm run torture -- corrupt`. */
it('goes on after damage at random places, tells what is lost and deletes nothing', async () => {
  const told: string[] = []
  const onProgress = (text: string) => void told.push(text)
  const done = await corruptRounds({ rounds: 4, seed: 20_261_122, from: 1, onProgress })
  expect(told).toHaveLength(4)
  expect(done['setAside']).toBeGreaterThan(0)
}, 120_000)
