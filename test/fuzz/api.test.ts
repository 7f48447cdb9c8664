import { expect, test } from 'vitest'
import { runApiCampaign } from './api/campaign.ts'

/** The whole of it is `npm run fuzz -- api`: 20,000 calls. */
const CALLS = 1200
const MOST_MS = 8000

test('calls through every door, generated from the contract: each is answered, none brings the engine down', async () => {
  const found = await runApiCampaign({ seed: 20_261_122, inputs: CALLS, mostMs: MOST_MS })
  expect(found.faults).toEqual([])
  expect(found.calls).toBeGreaterThan(200)
  for (const door of ['WebSocket', 'control socket', 'MessagePort', 'REST']) {
    expect(found.statuses[door]?.[200]).toBeGreaterThan(5)
    expect(found.statuses[door]?.[400]).toBeGreaterThan(5)
  }
}, 30_000)
