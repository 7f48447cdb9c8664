import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  EMPTY_ANSWER,
  exchangeRaw,
  rawSender,
  type Rig,
  startRig,
  statuses,
  usual,
  waitFor,
} from './listener-rig.ts'
import { answered, http2Session, startTlsRig } from './tls-rig.ts'

const GET = 'GET /flood HTTP/1.1\r\nHost: a\r\n\r\n'
const LAST = 'GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
/** Requests of one connection that may be under way. */
const MOST_TAKEN = 20

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

/** Nothing more is recorded, now and a moment later. */
async function settled(rig: Rig): Promise<number> {
  for (;;) {
    const before = rig.recorded.length
    await delay(100)
    if (rig.recorded.length === before) return before
  }
}

describe('requests that are sent without waiting for their answers', () => {
  test('are read only so far; the answer to the last of them ends the connection', async () => {
    const { rig, open } = await startGatedRig()
    const sender = rawSender(rig)
    for (let times = 0; times < 20; times += 1) sender.socket.write(GET.repeat(500))
    expect(await settled(rig)).toBe(MOST_TAKEN)
    expect(rig.problems).toMatchObject([{ code: 'sender-cut-off' }])
    open()
    await sender.closed
    expect(statuses(sender.received())).toHaveLength(MOST_TAKEN)
    const last = sender.received().slice(sender.received().lastIndexOf('HTTP/1.1 200'))
    expect(last).toMatch(/^Connection: close\r$/m)
    expect(rig.recorded).toHaveLength(MOST_TAKEN)
  })

  test('up to the limit are all answered, and the connection stays', async () => {
    const { rig, open } = await startGatedRig()
    const sender = rawSender(rig)
    sender.socket.write(GET.repeat(MOST_TAKEN - 1))
    await settled(rig)
    open()
    await waitFor(() => statuses(sender.received()).length === MOST_TAKEN - 1)
    sender.socket.write(LAST)
    await sender.closed
    expect(statuses(sender.received())).toHaveLength(MOST_TAKEN)
    expect(rig.problems).toEqual([])
  })

  test('over many connections leave room for somebody else', async () => {
    const { rig, open } = await startGatedRig()
    const floods = Array.from({ length: 300 }, () => rawSender(rig))
    for (const { socket } of floods) socket.write(GET.repeat(200))
    const taken = await settled(rig)
    expect(taken).toBeGreaterThan(300)
    // Each of them by itself could have had `MOST_TAKEN`: 6,000.
    expect(taken).toBeLessThan(4000)
    expect(statuses(await exchangeRaw(rig, LAST))).toEqual([200])
    open()
    await Promise.all(floods.map(({ closed }) => closed))
    const answers = floods.flatMap((flood) => statuses(flood.received()))
    expect(answers).toHaveLength(taken)
  })

  test('a body behind them comes in whole', async () => {
    const { rig, open } = await startGatedRig()
    const sender = rawSender(rig)
    const body = 'y'.repeat(3_000_000)
    sender.socket.write(GET.repeat(15))
    sender.socket.write(
      `POST /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    await waitFor(() => rig.recorded.length >= 15)
    open()
    await sender.closed
    expect(statuses(sender.received())).toHaveLength(16)
    expect((await rig.bodyOf(rig.recorded[15])).length).toBe(body.length)
  })

  test('a body that is the last that is read comes in whole', async () => {
    const { rig, open } = await startGatedRig()
    const sender = rawSender(rig)
    const body = 'z'.repeat(300_000)
    sender.socket.write(GET.repeat(MOST_TAKEN - 1))
    sender.socket.write(
      `POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}${GET.repeat(9)}`,
    )
    await waitFor(() => rig.recorded.length >= MOST_TAKEN)
    open()
    await sender.closed
    expect(statuses(sender.received())).toHaveLength(MOST_TAKEN)
    expect((await rig.bodyOf(rig.recorded.at(-1))).length).toBe(body.length)
  })
})

describe('one packet that holds more than one piece', () => {
  const before = GET.replace('Host: a', `Host: a\r\nX: ${'x'.repeat(1000)}`).repeat(15)

  test('what is no HTTP is recorded with all its bytes', async () => {
    const rig = await startRig()
    const garbage = `\x01\x02${'garbage '.repeat(1500)}`
    const received = await exchangeRaw(rig, before + garbage)
    expect(statuses(received)).toEqual([...Array.from({ length: 15 }, () => 200), 400])
    expect(rig.recorded).toHaveLength(16)
    expect((await rig.bodyOf(rig.recorded[15])).toString('latin1')).toBe(garbage)
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
    expect(statuses(received)).toHaveLength(16)
    expect(rig.recorded[15]).toMatchObject({ head: { method: 'X-PURGE' }, problem: null })
    expect((await rig.bodyOf(rig.recorded[15])).toString('latin1')).toBe(body)
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
