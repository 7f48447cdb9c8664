import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { digestOf, makeDelivery } from '#engine/store/new-delivery.fixture.ts'
import { openStore } from '#engine/store/open-store.ts'
import { addEndpoint, forwardingTo, openHandler, sharedEngine } from './forwarding-rig.ts'
import { heldMemory } from './held-memory.ts'
import { newestRow, openEngine, post, temporaryDataDir } from './opened-engine.ts'

const QUEUED = 2_000
const BODY = 'x'.repeat(60_000)
const app = sharedEngine()

it('many at once are each answered with what the target said to them', async () => {
  const target = await app.handler(async ({ body }, response) => {
    await new Promise((resolve) => setTimeout(resolve, Number(body) % 7))
    response.statusCode = 200 + (Number(body) % 4)
    response.end(`to ${body}`)
  })
  await addEndpoint(app.client, forwardingTo([target.url]))
  let next = 0
  const sendOnAndOn = async () => {
    for (let n = next++; n < 500; n = next++) {
      const { status, text } = await post(`${app.url}/hook`, String(n))
      expect([status, text]).toEqual([200 + (n % 4), `to ${n}`])
    }
  }
  await Promise.all(Array.from({ length: 100 }, sendOnAndOn))
  expect(target.handled).toHaveLength(500)
  expect((await app.client.deliveries.count({})).count).toBe(500)
  const { id } = await newestRow(app.client)
  const forwards = await app.client.forwards.list({ deliveryId: id })
  expect(forwards).toMatchObject([{ state: 'done', attempts: 1 }])
}, 60_000)

/** A data directory in which so many wait for a target, each with a body of its own. */
function seed(dataDir: string, url: string): void {
  const store = openStore(dataDir)
  const made = store.endpoints.create({
    ...{ name: 'hook', path: '/hook', schemeId: null, tolerance: null },
    forwarding: forwardingTo([url], { when: 'after-answer' }),
  })
  const endpointId = 'id' in made ? made.id : null
  for (let n = 0; n < QUEUED; n += 200) {
    const batch = Array.from({ length: 200 }, (_, index) =>
      makeDelivery({
        endpointId,
        bodyText: `${n + index} ${BODY}`,
        bodySha256: digestOf(`${n + index} ${BODY}`),
        signatureDigest: digestOf(String(n + index)),
        verification: { messageId: `msg_${n + index}` },
        forwards: [{ url, state: 'waiting', nextAtMs: 1, detail: null }],
      }),
    )
    store.commit(batch)
  }
  store.close()
}

it('two thousand that wait go out in order, and memory holds few of them', async () => {
  const got: number[] = []
  const target = await openHandler(({ body }, response) => {
    got.push(Number(body.split(' ', 1)[0]))
    // What is under test is the queue, not what this test holds.
    target.handled.length = 0
    response.end()
  })
  const dataDir = temporaryDataDir()
  seed(dataDir, target.url)
  let early = 0
  let most = 0
  const { engine, client } = await openEngine(dataDir)
  const giveUpAt = Date.now() + 300_000
  while (got.length < QUEUED && Date.now() < giveUpAt) {
    const now = heldMemory()
    if (got.length < QUEUED / 10) early = Math.max(early, now)
    most = Math.max(most, now)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  // All of them together are 120 MB.
  expect(most - early).toBeLessThan(40 * 1024 * 1024)
  expect(got.length).toBe(QUEUED)
  // Four may be under way at once: the handler may see the end of one before that of another.
  const misplaced = got.filter((n, at) => Math.abs(n - at) > 4)
  expect(misplaced).toEqual([])
  expect(await client.forwards.list({})).toEqual([])
  await engine.close()
  await target.close()
  rmSync(dataDir, { recursive: true })
}, 400_000)
