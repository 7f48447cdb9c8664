import { expect, test } from 'vitest'
import type { Scheme } from '#contract/scheme.ts'
import { opinionOf } from '#engine/replay/check/oracle.ts'
import type { World } from '#engine/replay/check/world.ts'
import { battery } from '#engine/replay/check/battery/battery.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import { secretTextFor, settingsOf } from '#engine/signatures/made-request.ts'
import { check, serve, worldOf, type Handler, type Received } from './check-rig.ts'

/** A receiver that follows the documented rule to the letter: our own engine. */
async function strictReceiver(
  scheme: Scheme,
): Promise<{ handler: Handler; become: (world: World) => void }> {
  let world: World | null = null
  const handler = await serve((received: Received) => {
    if (received.method !== scheme.sample.method) return { status: 405, headers: { allow: 'POST' } }
    if (world === null) return { status: 503 }
    const request = { ...received, url: handler.url, httpVersion: '1.1' as const }
    // It tells what it got, secrets and all: they must not reach the report that way either.
    const body = JSON.stringify([received.headers, received.body.toString().slice(0, 500)])
    return { status: opinionOf(world, request).accepts ? 200 : 401, body }
  }, '/')
  return { handler, become: (made) => (world = made) }
}

/** What takes its time and is the same for every scheme is asked of some. */
const quick = battery.map(({ id }) => id).filter((id) => id !== 'behaves.constant-time')
const quickest = quick.filter((id) => id !== 'behaves.oversized-body')
const EVERY = 20
const everSent = new Set<string>()

for (const [at, scheme] of schemes.entries()) {
  test(`a strict receiver of ${scheme.id} does all that is expected of it`, async () => {
    const { handler, become } = await strictReceiver(scheme)
    try {
      const secrets = [secretTextFor(scheme), secretTextFor(scheme, 'other key')]
      const world = await worldOf(scheme.id, handler.url, secrets, settingsOf(scheme))
      become(world)
      const checked = await check(world, { only: at % EVERY === 0 ? quick : quickest })
      expect(checked.problem).toBeNull()
      const wrong = checked.results.filter(
        ({ outcome }) => outcome !== 'passed' && outcome !== 'skipped',
      )
      expect(wrong.map(({ id, found }) => `${id}: ${found}`)).toEqual([])
      for (const { id, outcome } of checked.results) if (outcome === 'passed') everSent.add(id)
      const report = JSON.stringify(checked.results)
      for (const secret of world.secretTexts) {
        for (const line of secret.split('\n').filter((each) => /^[^-]{6,}$/.test(each))) {
          expect(report).not.toContain(line)
          expect(report).not.toContain(Buffer.from(line).toString('base64'))
        }
      }
      expect(checked.get('accepts.valid').outcome).toBe('passed')
      expect(checked.get('rejects.wrong-secret').outcome).toBe('passed')
      expect(checked.get('rejects.missing-signature').outcome).toBe('passed')
    } finally {
      await handler.close()
    }
  }, 30_000)
}

test('every case applies to some scheme: none is skipped everywhere', () => {
  expect(quick.filter((id) => !everSent.has(id))).toEqual([])
})
