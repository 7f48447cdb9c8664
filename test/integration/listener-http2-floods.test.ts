import http2, { type ClientHttp2Session } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { type Rig, waitFor } from './listener-rig.ts'
import { answered, frame, http2Session, rawHttp2, startTlsRig } from './tls-rig.ts'

const POST = { ':method': 'POST', ':path': '/' }
/** Writes the same bytes again and again until the other side has enough of it. */
async function flood(socket: TLSSocket, bytes: Buffer, most: number): Promise<number> {
  let written = 0
  while (!socket.destroyed && written < most) {
    const drained = socket.write(bytes)
    written += bytes.length
    if (drained) await delay(0)
    else await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), delay(50)])
  }
  return written
}

async function honest(rig: Rig): Promise<void> {
  const session: ClientHttp2Session = http2Session(rig)
  expect((await answered(session.request(POST).end('honest'))).status).toBe(200)
  session.close()
}

test('rapid reset ends the connection long before it costs anything', async () => {
  const rig = await startTlsRig()
  const session = http2Session(rig)
  let sent = 0
  while (!session.destroyed && !session.closed && sent < 5000) {
    const stream = session.request(POST)
    stream.on('error', () => undefined)
    stream.close(http2.constants.NGHTTP2_CANCEL)
    sent += 1
    if (sent % 20 === 0) await delay(0)
  }
  await waitFor(() => rig.problems.some(({ code }) => code === 'sender-cut-off'))
  expect(rig.recorded.length).toBeLessThan(500)
  await honest(rig)
})

test.each([
  ['PING', frame(6, 0, 0, Buffer.alloc(8))],
  ['SETTINGS', frame(4, 0, 0)],
])('a flood of %s frames is cut off', async (_, bytes) => {
  const rig = await startTlsRig()
  const socket = await rawHttp2(rig)
  socket.removeAllListeners('error').on('error', () => undefined)
  await flood(socket, Buffer.concat(Array.from({ length: 100 }, () => bytes)), 2_000_000)
  await waitFor(() => socket.destroyed)
  expect(socket.destroyed).toBe(true)
  await honest(rig)
})

test('a head without end (CONTINUATION) is cut off, and memory stays where it is', async () => {
  const rig = await startTlsRig()
  const socket = await rawHttp2(rig)
  socket.removeAllListeners('error').on('error', () => undefined)
  // Literal headers without indexing (RFC 7541 §6.2.2), never an end of the head.
  const header = Buffer.concat([Buffer.from([0x00, 0x01, 0x78, 0x7f, 0x00]), Buffer.alloc(127, 97)])
  const block = Buffer.concat(Array.from({ length: 100 }, () => header))
  socket.write(frame(1, 0, 1, Buffer.from([0x83, 0x87, 0x84])))
  const before = process.memoryUsage().rss
  await flood(socket, frame(9, 0, 1, block), 60_000_000)
  await waitFor(() => socket.destroyed)
  expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000)
  await honest(rig)
})

test('a connection on which nothing is asked ends, however busily it pings', async () => {
  const rig = await startTlsRig({ idleTimeoutMs: 200 })
  const session = http2Session(rig)
  const pinging = setInterval(() => {
    if (!session.destroyed) session.ping(() => undefined)
  }, 50)
  onTestFinished(() => clearInterval(pinging))
  await waitFor(() => session.destroyed)
  await waitFor(() => rig.listener.activeConnections === 0)
  expect(rig.recorded).toHaveLength(0)
})
