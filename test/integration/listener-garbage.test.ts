import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { exchangeRaw, rawSender, startRig, statuses, type Rig } from './listener-rig.ts'

const GOOD = 'POST /g HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc'
const RUNS = 1000

const piece = fc.constantFrom(
  'GET ',
  'POST ',
  '/x',
  ' HTTP/1.1',
  ' HTTP/1.0',
  '\r\n',
  '\r\n\r\n',
  '\n',
  '\r',
  ' ',
  ':',
  'Host: a\r\n',
  'Content-Length: 3\r\n',
  'Content-Length: -1\r\n',
  'Transfer-Encoding: chunked\r\n',
  'Connection: close\r\n',
  'Upgrade: x\r\nConnection: upgrade\r\n',
  'Expect: x\r\n',
  'Expect: 100-continue\r\n',
  'CONNECT a:1',
  '0\r\n\r\n',
  '3\r\nabc\r\n',
  'ffffffffffffffff\r\n',
  '\x16\x03\x01',
  '\x00',
  '\xff',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  GOOD,
)
const bytes = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(piece, { minLength: 1, maxLength: 12 }).map((all) => all.join('')),
  },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ minLength: 1, maxLength: 200 })
      .map((all) => Buffer.from(all).toString('latin1')),
  },
)
const ending = fc.constantFrom('end', 'destroy', 'resetAndDestroy')

/** Sends in two packets, ends in one of three ways; true when the connection closed in order. */
async function send(
  rig: Rig,
  text: string,
  cut: number,
  how: 'end' | 'destroy' | 'resetAndDestroy',
) {
  const sender = rawSender(rig)
  const at = Math.floor(cut * text.length)
  sender.socket.write(Buffer.from(text.slice(0, at), 'latin1'))
  await new Promise((resolve) => setImmediate(resolve))
  sender.socket.write(Buffer.from(text.slice(at), 'latin1'))
  await new Promise((resolve) => setTimeout(resolve, 1))
  sender.socket[how]()
  await sender.closed
  return sender.received()
}

test(`${RUNS} inputs of random bytes: each a row or an orderly close, and the listener stays up`, async () => {
  const rig = await startRig({ idleTimeoutMs: 500 })
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(bytes, fc.double({ min: 0, max: 1, noNaN: true }), ending), {
        minLength: 20,
        maxLength: 20,
      }),
      async (inputs) => {
        const before = rig.recorded.length
        const answers = await Promise.all(inputs.map((input) => send(rig, ...input)))
        // Every answer that came back belongs to a row: nothing is answered unrecorded.
        const answered = answers.flatMap(statuses).filter((status) => status !== 100).length
        expect(rig.recorded.length - before).toBeGreaterThanOrEqual(answered)
      },
    ),
    { numRuns: RUNS / 20, seed: 20_260_101, endOnFailure: true },
  )
  const answer = await exchangeRaw(
    rig,
    `${GOOD}GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
  )
  expect(statuses(answer)).toEqual([200, 200])
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
  expect(rig.problems).toEqual([])
}, 120_000)
