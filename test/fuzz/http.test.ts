import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runHttpCampaign } from './http/campaign.ts'
import { readStrictly } from './http/strict-reader.ts'

/** The whole of it is `npm run fuzz -- http`: 50,000 inputs and more. */
const INPUTS = 2500
const MOST_MS = 8000

test('raw requests, generated: no crash, no hang, nothing read in two ways', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  const found = await runHttpCampaign({ seed: 20_261_122, inputs: INPUTS, mostMs: MOST_MS })
  process.off('unhandledRejection', note)
  expect(found.faults).toEqual([])
  expect(unhandled).toEqual([])
  expect(found.inputs).toBeGreaterThan(200)
  expect(found.statuses[200]).toBeGreaterThan(found.inputs / 10)
  expect(found.statuses[400]).toBeGreaterThan(found.inputs / 10)
}, 90_000)

describe('the strict reader that decides', () => {
  const message = fc
    .record({
      method: fc.constantFrom('GET', 'POST', 'PURGE'),
      target: fc.constantFrom('/', '/a?b=c', '*'),
      body: fc.uint8Array({ maxLength: 50 }),
      size: fc.integer({ min: 0, max: 20 }),
    })
    .map(({ method, target, body, size }) => {
      const text = Buffer.from(body).toString('latin1')
      const head = `${method} ${target} HTTP/1.1\r\nHost: a\r\n`
      if (size === 0)
        return { text: `${head}Content-Length: ${text.length}\r\n\r\n${text}`, body: text }
      const chunks = (text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []).map(
        (part) => `${part.length.toString(16)};x\r\n${part}\r\n`,
      )
      const framing = 'Transfer-Encoding: chunked\r\n\r\n'
      return { text: `${head}${framing}${chunks.join('')}0\r\nX: 1\r\n\r\n`, body: text }
    })

  test('reads what is right, however it is framed', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 4 }), (all) => {
        const read = readStrictly(all.map(({ text }) => text).join(''))
        expect(read.rest).toBe('end')
        expect(read.messages.map(({ body }) => body)).toEqual(all.map(({ body }) => body))
      }),
      { numRuns: 100 },
    )
  })

  test.each([
    'POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nContent-Length : 1\r\n\r\na',
    'POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\na',
    'POST / HTTP/1.1\nContent-Length: 1\r\n\r\na',
    'POST / HTTP/1.1\r\nX: 1\r\n Content-Length: 1\r\n\r\na',
    'GET / HTTP/2.0\r\n\r\n',
    'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\na\r\n0\r\n\r\n',
  ])('refuses what can be read in two ways (%#)', (text) => {
    expect(readStrictly(text)).toMatchObject({ messages: [], rest: 'refuse' })
  })
})
