import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rawSender, startRig, statuses } from './listener-rig.ts'

interface Message {
  method: string
  target: string
  body: string
  /** As it stands on the wire. */
  text: string
}

/** What looks like framing is dear to whoever searches for it. */
const bodies = fc.oneof(
  fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '.')),
  fc.constantFrom(
    '0\r\n\r\n',
    'GET /in-a-body HTTP/1.1\r\nHost: a\r\n\r\n',
    '\r\n0\r\n\r\nEVIL /in-a-body HTTP/1.1\r\nHost: a\r\n\r\n',
    '\r\n\r\n',
  ),
)
const head = (target: string, more: string) => `POST ${target} HTTP/1.1\r\nHost: a\r\n${more}`

const messages: fc.Arbitrary<(target: string) => Message> = fc.oneof(
  fc.constantFrom('', '\r\n', '\r\n\r\n').map((before) => (target: string) => ({
    ...{ method: 'GET', target, body: '' },
    text: `${before}GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`,
  })),
  bodies.map((body) => (target: string) => ({
    ...{ method: 'POST', target, body },
    text: `${head(target, `Content-Length: ${body.length}\r\n`)}\r\n${body}`,
  })),
  fc
    .tuple(fc.array(bodies, { maxLength: 3 }), fc.constantFrom('', ';x=0'), fc.boolean())
    .map(([parts, extension, trailer]) => (target: string) => {
      const chunks = parts
        .filter((part) => part !== '')
        .map((part) => `${part.length.toString(16)}${extension}\r\n${part}\r\n`)
      const end = `0\r\n${trailer ? 'x-sum: 1\r\n' : ''}\r\n`
      return {
        ...{ method: 'POST', target, body: parts.join('') },
        text: `${head(target, 'Transfer-Encoding:chunked\r\n')}\r\n${chunks.join('')}${end}`,
      }
    }),
)

const tails = fc.constantFrom(
  { text: 'EVIL /tail HTTP/1.1\r\nHost: a\r\n\r\n', method: 'EVIL', whole: true },
  { text: 'GET /tail HTTP/1.1\r\nHost a\r\n\r\n', method: 'GET', whole: false },
  { text: 'GET /tail HT', method: '', whole: false },
  { text: '0', method: '', whole: false },
  { text: '\u0001\u0002', method: '', whole: false },
)

test('what was refused is told from what came before it, wherever packets begin', async () => {
  const rig = await startRig()
  const requests = fc.array(messages, { maxLength: 4 })
  const cuts = fc.array(fc.nat(400), { maxLength: 6 })
  const exchanged = fc.asyncProperty(requests, tails, cuts, async (made, tail, at) => {
    const sent = made.map((make, index) => make(`/${index}`))
    const text = sent.map((message) => message.text).join('') + tail.text
    const tailAt = text.length - tail.text.length
    const from = rig.recorded.length
    const sender = rawSender(rig)
    let begin = 0
    for (const end of [
      ...at.filter((cut) => cut <= tailAt).toSorted((a, b) => a - b),
      text.length,
    ]) {
      if (end > begin) sender.socket.write(text.slice(begin, end), 'latin1')
      begin = end
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    sender.socket.end()
    await sender.closed
    await rig.until(from + sent.length + 1)
    const rows = rig.recorded.slice(from)
    const told = await Promise.all(
      rows.map(async (row) => [
        row.head.method,
        row.head.target,
        (await rig.bodyOf(row)).toString('latin1'),
      ]),
    )
    expect(told).toEqual([
      ...sent.map(({ method, target, body }) => [method, target, body]),
      tail.whole ? ['EVIL', '/tail', ''] : [tail.method, tail.method && '/tail', tail.text],
    ])
  })
  await fc.assert(exchanged, { numRuns: 300 })
}, 60_000)

const LARGE = 1024 * 1024 + 1

test('what follows a body that goes to a file is handed on after it', async () => {
  const rig = await startRig()
  const sender = rawSender(rig)
  const large = `POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: ${LARGE}\r\n\r\n${'z'.repeat(LARGE)}`
  const small = 'POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}'
  sender.socket.end(`${large}${small}GET /refused HTTP/1.1\r\nHost\r\n\r\n`)
  await sender.closed
  expect(rig.recorded.map((row) => row.head.target)).toEqual(['/large', '/small', '/refused'])
  expect(statuses(sender.received())).toEqual([200, 200, 400])
})

test.each(['POST', 'EVIL'])(
  'a tab behind “chunked” beside an Upgrade does not make the body of %s vanish',
  async (method) => {
    const rig = await startRig()
    const sender = rawSender(rig)
    const upgrade = 'Upgrade: h2c\r\nConnection: Upgrade\r\n'
    sender.socket.end(
      `${method} / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\t\r\n${upgrade}\r\n1\r\na\r\n0\r\n\r\n`,
    )
    await sender.closed
    expect(rig.recorded).toMatchObject([{ problem: 'malformed-http', requiredStatus: 400 }])
    expect(statuses(sender.received())).toEqual([400])
  },
)

test('the answer to the last request is not swallowed by what is sent behind it', async () => {
  const rig = await startRig()
  const senders = Array.from({ length: 16 }, () => {
    const sender = rawSender(rig)
    sender.socket.end(
      `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}${'z'.repeat(LARGE)}`,
    )
    return sender
  })
  for (const sender of senders) {
    await sender.closed
    expect(statuses(sender.received())).toEqual([200])
  }
  expect(rig.recorded).toHaveLength(senders.length)
})
