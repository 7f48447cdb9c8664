import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { heldMemory } from './held-memory.ts'
import { rawSender, startRig, statuses, type Rig } from './listener-rig.ts'

const MIB = 1024 * 1024

/** Sends a body of `count` times `chunk`, minding back-pressure; returns what was answered. */
async function upload(rig: Rig, chunk: Buffer, count: number, extra = ''): Promise<string> {
  const sender = rawSender(rig)
  sender.socket.write(
    `POST /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${extra}Content-Length: ${chunk.length * count}\r\n\r\n`,
  )
  for (let index = 0; index < count && !sender.socket.destroyed; index += 1) {
    if (sender.socket.write(chunk)) continue
    await Promise.race([once(sender.socket, 'drain'), sender.closed])
  }
  await sender.closed
  return sender.received()
}

describe('large bodies', () => {
  test('30 MiB over the default limit: 413 that arrives, 25 MiB kept', async () => {
    const rig = await startRig()
    const chunk = randomBytes(MIB)
    expect(statuses(await upload(rig, chunk, 30))).toEqual([413])
    const [request] = rig.recorded
    expect(request).toMatchObject({ problem: 'body-too-large', requiredStatus: 413 })
    expect(request?.problemDetail).toContain('26.2 MB of 31.5 MB')
    expect(request?.body).toMatchObject({ kind: 'file', byteLength: 25 * MIB })
    expect((await rig.bodyOf(request)).equals(Buffer.alloc(25 * MIB, chunk))).toBe(true)
  })

  test('announced as too large with Expect: 100-continue: 413 before a byte', async () => {
    const rig = await startRig({ bodyLimitBytes: () => 10 })
    const sender = rawSender(rig)
    sender.socket.write(
      'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n',
    )
    await sender.closed
    expect(statuses(sender.received())).toEqual([413])
    expect(rig.recorded[0]).toMatchObject({ problem: 'body-too-large' })
  })

  test('exactly at the limit is inside, one byte more is not', async () => {
    const rig = await startRig({ bodyLimitBytes: () => 100 })
    expect(statuses(await upload(rig, Buffer.alloc(100), 1))).toEqual([200])
    expect(statuses(await upload(rig, Buffer.alloc(101), 1))).toEqual([413])
    expect(await rig.bodyOf(rig.recorded[1])).toHaveLength(100)
  })

  test('spooled byte for byte, observed, and memory does not grow with it', async () => {
    const observed = createHash('sha256')
    const rig = await startRig({ bodyLimitBytes: () => 512 * MIB })
    const chunk = randomBytes(MIB)
    await upload(rig, chunk, 30)
    const before = heldMemory()
    const held: number[] = []
    const watch = setInterval(() => held.push(heldMemory() - before), 50)
    expect(statuses(await upload(rig, chunk, 200))).toEqual([200])
    clearInterval(watch)
    // Half of the time it would be over 100 MiB. Single moments say little: V8 frees buffers later.
    const median = held.toSorted((one, other) => one - other)[held.length >> 1]
    expect(median).toBeLessThan(32 * MIB)
    const request = rig.recorded[1]
    for (let index = 0; index < 200; index += 1) observed.update(chunk)
    const digest = observed.digest('hex')
    expect(request?.bodySha256).toBe(digest)
    expect(request?.body).toMatchObject({ kind: 'file', byteLength: 200 * MIB })
    const bytes = await rig.bodyOf(request)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest)
    expect(await readdir(rig.bodiesDir)).toHaveLength(2)
  })

  test('the observer sees a spooled body once, in order, and comes back to the sink', async () => {
    const seen: Uint8Array[] = []
    const observer = { update: (bytes: Uint8Array) => seen.push(Buffer.from(bytes)) }
    let returned: unknown = null
    const rig = await startRig({
      memoryLimitBytes: 1000,
      sink: {
        begin: () => observer,
        accept: async (request) => {
          returned = request.observer
          return { status: 200, rawHeaders: [], body: Buffer.alloc(0) }
        },
        answered: () => undefined,
      },
    })
    const body = randomBytes(300_000)
    await upload(rig, body, 1)
    expect(Buffer.concat(seen).equals(body)).toBe(true)
    expect(returned).toBe(observer)
  })

  test('equal bodies own a file each; at the memory limit there is none', async () => {
    const rig = await startRig({ memoryLimitBytes: 1000 })
    for (const length of [1000, 1001, 1001]) await upload(rig, Buffer.alloc(length), 1)
    expect(rig.recorded.map(({ body }) => body.kind)).toEqual(['memory', 'file', 'file'])
    const names = await readdir(rig.bodiesDir)
    expect(new Set(names).size).toBe(2)
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}-[0-9a-f]+\.body$/)
  })

  test('a body cut while spooling is kept as far as it came', async () => {
    const rig = await startRig({ memoryLimitBytes: 1000 })
    const sender = rawSender(rig)
    sender.socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n')
    sender.socket.end(Buffer.alloc(300_000, 'x'))
    await rig.until(1)
    expect(rig.recorded[0]?.problemDetail).toBe('stopped after 300 kB of 900 kB')
    expect(await rig.bodyOf(rig.recorded[0])).toHaveLength(300_000)
  })

  test('a folder that cannot be written: 503, told to the app, nothing left, next one tried', async () => {
    const rig = await startRig({ memoryLimitBytes: 1000 })
    await rm(rig.bodiesDir, { recursive: true })
    expect(statuses(await upload(rig, Buffer.alloc(200_000), 2))).toEqual([503])
    expect(rig.recorded).toHaveLength(0)
    expect(rig.problems[0]).toMatchObject({ code: 'body-not-stored' })
    expect(rig.problems[0]?.sentence).toContain('ENOENT')
  })
})
