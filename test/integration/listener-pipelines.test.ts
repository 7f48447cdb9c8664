import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  EMPTY_ANSWER,
  exchangeRaw,
  rawSender,
  type RawSender,
  type Rig,
  startRig,
  statuses,
  usual,
  waitFor,
} from './listener-rig.ts'
import { answered, http2Session, startTlsRig } from './tls-rig.ts'

const GET = 'GET /flood HTTP/1.1\r\nHost: a\r\n\r\n'
const LAST = 'GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
/** Requests of one connection that may be under way, and one piece of what came with them. */
const MOST_TAKEN = 64 + Math.ceil(4096 / GET.length)

/** A listener whose answers to `/flood` are held back until the door opens. */
async function startGatedRig(): Promise<{ rig: Rig; open: () => void }> {
  const gate = new EventEmitter()
  const opened = once(gate, 'open')
  const open = () => void gate.emit('open')
  const rig = await startRig({}, async (request) => {
    if (request.head.target === '/flood') await opened
    return { ...EMPTY_ANSWER, status: request.requiredStatus ?? 200 }
  })
  onTestFinished(open)
  return { rig, open }
}

/** Writes until the other side takes nothing more. @returns how often it was written */
async function writeUntilStuck({ socket }: RawSender, text: string, most: number): Promise<number> {
  for (let times = 1; times <= most; times += 1) {
    if (socket.write(text)) continue
    const drained = new Promise((resolve) => socket.once('drain', () => resolve(true)))
    if ((await Promise.race([drained, delay(300)])) !== true) return times
  }
  return most
}

/** Nothing more is recorded, now and a moment later. */
async function settled(rig: Rig): Promise<number> {
  for (;;) {
    const before = rig.recorded.length
    await delay(100)
    if (rig.recorded.length === before) return before
  }
}

describe('requests that are sent without waiting for their answers', () => {
  test('are read only so far, and all of them once they are answered', async () => {
    const { rig, open } = await startGatedRig()
    const sender = rawSender(rig)
    const get = GET.replace('Host: a', `Host: a\r\nX: ${'x'.repeat(2000)}`)
    const EACH = 30
    const written = await writeUntilStuck(sender, get.repeat(EACH), 500)
    expect(written).toBeLessThan(500)
    expect(await settled(rig)).toBeLessThanOrEqual(MOST_TAKEN)
    open()
    sender.socket.write(LAST)
    await sender.closed
    expect(rig.recorded).toHaveLength(written * EACH + 1)
    expect(statuses(sender.received())).toHaveLength(written * EACH + 1)
    expect(new Set(statuses(sender.received()))).toEqual(new Set([200]))
  })

  test('and large ones only until they are a megabyte', async () => {
    const { rig, open } = await startGatedRig()
    const sender = rawSender(rig)
    const body = 'x'.repeat(60_000)
    const post = `POST /flood HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    const written = await writeUntilStuck(sender, post, 400)
    expect(written).toBeLessThan(400)
    expect(await settled(rig)).toBeLessThanOrEqual(20)
    open()
    sender.socket.write(LAST)
    await sender.closed
    expect(rig.recorded).toHaveLength(written + 1)
    for (const request of rig.recorded.slice(0, -1)) {
      expect((await rig.bodyOf(request)).length).toBe(body.length)
    }
  })

  test('over many connections leave room for somebody else', async () => {
    const { rig, open } = await startGatedRig()
    const floods = Array.from({ length: 100 }, () => rawSender(rig))
    for (const { socket } of floods) socket.write(GET.repeat(200))
    const taken = await settled(rig)
    expect(taken).toBeGreaterThan(100)
    // Each of them by itself could have had `MOST_TAKEN`.
    expect(taken).toBeLessThan(2000)
    expect(statuses(await exchangeRaw(rig, LAST))).toEqual([200])
    open()
    for (const { socket } of floods) socket.write(LAST)
    await Promise.all(floods.map(({ closed }) => closed))
    for (const flood of floods) expect(statuses(flood.received())).toHaveLength(201)
  })

  test('a body behind them comes in whole', async () => {
    const { rig, open } = await startGatedRig()
    const sender = rawSender(rig)
    const body = 'y'.repeat(3_000_000)
    sender.socket.write(GET.repeat(63))
    sender.socket.write(
      `POST /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    await waitFor(() => rig.recorded.length >= 63)
    open()
    await sender.closed
    expect(statuses(sender.received())).toHaveLength(64)
    expect((await rig.bodyOf(rig.recorded[63])).length).toBe(body.length)
  })
})

describe('one packet that holds more than one piece', () => {
  const before = GET.repeat(300)

  test('what is no HTTP is recorded with all its bytes', async () => {
    const rig = await startRig()
    const garbage = `\x01\x02${'garbage '.repeat(1500)}`
    const received = await exchangeRaw(rig, before + garbage)
    expect(statuses(received)).toEqual([...Array.from({ length: 300 }, () => 200), 400])
    expect(rig.recorded).toHaveLength(301)
    expect((await rig.bodyOf(rig.recorded[300])).toString('latin1')).toBe(garbage)
  })

  test('so is what follows a CONNECT', async () => {
    const rig = await startRig()
    const behind = 'tunnelled '.repeat(1500)
    await exchangeRaw(rig, `CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n${behind}`)
    expect(rig.recorded).toMatchObject([{ problem: 'connect' }])
    expect((await rig.bodyOf(rig.recorded[0])).toString('latin1')).toBe(behind)
  })

  test('a method that the parser does not know takes its whole body along', async () => {
    const rig = await startRig()
    const body = 'purged '.repeat(2000)
    const purge = `X-PURGE /p HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    const received = await exchangeRaw(rig, before + purge)
    expect(statuses(received)).toHaveLength(301)
    expect(rig.recorded[300]).toMatchObject({ head: { method: 'X-PURGE' }, problem: null })
    expect((await rig.bodyOf(rig.recorded[300])).toString('latin1')).toBe(body)
  })

  test('chunks are put together as they came', async () => {
    const rig = await startRig()
    const chunks = Array.from({ length: 9000 }, (_, n) => `4\r\n${String(n).padStart(4, '0')}\r\n`)
    const post = `POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n`
    expect(statuses(await exchangeRaw(rig, post + LAST))).toEqual([200, 200])
    const expected = Array.from({ length: 9000 }, (_, n) => String(n).padStart(4, '0')).join('')
    expect((await rig.bodyOf(rig.recorded[0])).toString('latin1')).toBe(expected)
  })

  test.each(['\n', '\r\n', 'x'])(
    'behind the last request of HTTP/1.0 nothing (%j)',
    async (rest) => {
      const rig = await startRig()
      await exchangeRaw(rig, `GET /old HTTP/1.0\r\n\r\n${rest}`)
      await delay(50)
      expect(rig.recorded).toMatchObject([{ head: { target: '/old' } }])
    },
  )

  test('behind a request that ends its connection nothing is recorded', async () => {
    const rig = await startRig({}, async (request) => {
      await delay(200)
      return usual(request)
    })
    const ends =
      'POST /u HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\nContent-Length: 1\r\n\r\nx'
    await exchangeRaw(rig, ends + GET.repeat(1500))
    expect(rig.recorded).toMatchObject([{ head: { target: '/u' } }])
  })
})

test('handshakes that never end count like connections, and make room', async () => {
  const rig = await startTlsRig({ mostConnections: 20 })
  const silent = Array.from({ length: 60 }, () => rawSender(rig))
  // The first byte of a handshake, and no more.
  for (const { socket } of silent) socket.write(Buffer.from([0x16]))
  await waitFor(() => silent.filter(({ socket }) => socket.destroyed).length >= 40)
  expect(rig.listener.activeConnections).toBeLessThanOrEqual(20)
  const session = http2Session(rig)
  const request = session.request({ ':method': 'POST', ':path': '/' }).end('honest')
  expect((await answered(request)).status).toBe(200)
  session.close()
})
