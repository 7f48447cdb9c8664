import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { callShapes } from '#contract/input-shapes.fixture.ts'
import { openEngine, temporaryDataDir } from '#test/integration/opened-engine.ts'
import { runApiCampaign } from './api/campaign.ts'
import { openDoors } from './api/doors.ts'

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

/** As longer campaigns found them: each came back as 500. */
const ODD: [call: string, input: unknown, status: number][] = [
  ['schemes.try', { scheme: /a/, request: { text: 'GET / HTTP/1.1\r\n\r\n' } }, 200],
  ['schemes.try', { scheme: new URL('http://a/'), request: { deliveryId: 1 } }, 200],
  ['replays.create', { deliveryId: 1, url: 'http://127.0.0.1:1/', secretText: '\ud800' }, 400],
]

test('odd values are answered through every door', async () => {
  const folders = [temporaryDataDir(), temporaryDataDir()] as const
  const app = await openEngine(folders[0])
  const doors = await openDoors(app.engine, folders[1])
  const calls = callShapes()
  for (const [name, input, expected] of ODD) {
    const call = calls.find((each) => each.name === name)
    if (!call) throw new Error(`There is no call ${name}.`)
    for (const door of doors.all) {
      const { status } = await door.call(call, input)
      expect.soft([name, door.name, status]).toEqual([name, door.name, expected])
    }
  }
  await doors.close()
  await app.engine.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
