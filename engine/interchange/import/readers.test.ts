import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonItems } from './json-items.ts'
import { importFormat, makeRequestReader, type ImportFormat } from './make-request-reader.ts'
import type { Imported } from './request-reader.ts'

function readAll(format: ImportFormat, bytes: Uint8Array | string, pieceBytes = 7): Imported[] {
  const whole = Buffer.from(bytes)
  const reader = makeRequestReader(format)
  const found: Imported[] = []
  for (let at = 0; at < whole.length; at += pieceBytes) {
    found.push(...reader.push(whole.subarray(at, at + pieceBytes)))
  }
  return [...found, ...reader.end()]
}

const bodies = (found: readonly Imported[]) =>
  found.map((each) =>
    'problem' in each ? each.problem : Buffer.from(each.request.body).toString(),
  )

const entry = (text: string, more: object = {}) => ({
  startedDateTime: '2026-03-01T12:00:00.500Z',
  request: { method: 'POST', url: 'http://h.test/a?b', headers: [], postData: { text } },
  response: { status: 200 },
  ...more,
})

describe('items of an array in a JSON text that comes in pieces', () => {
  it('are those that JSON.parse finds, however the text is cut and what is around it', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(
        fc.array(value),
        fc.dictionary(fc.string(), value),
        fc.constantFrom(undefined, 1, '\t'),
        fc.integer({ min: 1, max: 30 }),
        (entries, other, indent, pieceBytes) => {
          const file = {
            before: { log: [1], entries: [2] },
            log: { ...other, entries, after: [other] },
          }
          const text = Buffer.from(JSON.stringify(file, null, indent))
          const items = new JsonItems(['log', 'entries'], 10_000)
          const found: unknown[] = []
          for (let at = 0; at < text.length; at += pieceBytes) {
            for (const item of items.push(text.subarray(at, at + pieceBytes))) {
              found.push('bytes' in item ? JSON.parse(Buffer.from(item.bytes).toString()) : item)
            }
          }
          expect(found).toEqual(JSON.parse(JSON.stringify(entries)))
          expect(items.found).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('leaves out what is too long, and goes on', () => {
    const items = new JsonItems(['log', 'entries'], 20)
    const text = `{"log":{"entries":[{"a":"${'x'.repeat(50)}"},{"b":1}]}}`
    const found = text.match(/.{1,5}/g)?.flatMap((piece) => [...items.push(Buffer.from(piece))])
    expect(
      found?.map((item) => ('bytes' in item ? Buffer.from(item.bytes).toString() : item)),
    ).toEqual([{ tooLong: true }, '{"b":1}'])
  })
})

describe('HAR', () => {
  it('gives each entry with its time, and says which cannot be read', () => {
    const entries = [entry('one'), { request: 1 }, entry('two', { startedDateTime: 'once' }), 5]
    const found = readAll('har', JSON.stringify({ log: { version: '1.2', entries } }, null, 2))
    expect(bodies(found)).toEqual([
      'one',
      'Entry 2 has no request as HAR 1.2 has it.',
      'two',
      'Entry 4 has no request as HAR 1.2 has it.',
    ])
    expect(found[0]).toMatchObject({ receivedAtMs: Date.UTC(2026, 2, 1, 12, 0, 0, 500) })
    expect(found[2]).toMatchObject({ receivedAtMs: null })
    expect(bodies(readAll('har', '{"log":{"entries":[]}}'))).toEqual(['This HAR has no entries.'])
    expect(bodies(readAll('har', '{"a":1}'))).toEqual(['This is no HAR: it has no log.entries.'])
  })

  it('lets in no header and no target that would be several lines', () => {
    const headers = [
      { name: 'X-A', value: '1\r\nX-Evil: 2' },
      { name: 'X B', value: '1' },
      { name: 'X-C', value: 'kept' },
    ]
    const split = entry('', { request: { method: 'POST', url: 'http://h.test/a', headers } })
    const target = entry('', {
      request: { method: 'POST', url: '/a b HTTP/1.1\r\nX: y', headers: [] },
    })
    const [first, second] = readAll('har', JSON.stringify({ log: { entries: [split, target] } }))
    expect(first).toMatchObject({
      request: {
        rawHeaders: [
          ['Host', 'h.test'],
          ['X-C', 'kept'],
        ],
      },
    })
    expect(first).toHaveProperty('notices.1')
    expect(second).toHaveProperty('problem')
  })
})

describe('raw HTTP', () => {
  it('is one message a file; a second one is told', () => {
    const one = 'POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi'
    expect(bodies(readAll('raw', one))).toEqual(['hi'])
    const [both] = readAll('raw', `${one}POST /b HTTP/1.1\r\n\r\n`)
    expect(both).toMatchObject({ request: { target: '/a' } })
    expect(both).toHaveProperty('notices.0', expect.stringContaining('left out'))
    expect(bodies(readAll('raw', ''))).toEqual(['There is no request here: the text is empty.'])
  })

  it('never throws, whatever a tar is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 500, maxLength: 3000 }), (bytes) => {
        expect(readAll('tar', bytes, 333)).toBeInstanceOf(Array)
      }),
    )
  })
})

it('reads curl commands that follow each other, with comments and lines that look like one', () => {
  const text = [
    '# the first',
    "curl -X PUT http://h.test/a \\\n  -d 'one",
    "curl is a word here'",
    '',
    '# the second',
    'curl http://h.test/b -d two',
    'curl http://h.test/c -d @file',
  ].join('\n')
  expect(bodies(readAll('curl', text))).toEqual([
    'one\ncurl is a word here',
    'two',
    expect.stringContaining('file'),
  ])
  expect(bodies(readAll('curl', 'wget x'))).toEqual(['No line begins with “curl”.'])
})

const of = (text: string, name = 'x') => importFormat(Buffer.from(text), name)

it('tells a format by how a file begins', () => {
  expect(of('{"log":{')).toBe('har')
  expect(of('{ "version"', 'a.HAR')).toBe('har')
  expect(of('{"format":"countersign-ndjson"}')).toBeNull()
  expect(of('#!/bin/sh\n# x\n\ncurl http://x')).toBe('curl')
  expect(of('POST / HTTP/1.1\r\n')).toBe('raw')
  expect(of(`${'\0'.repeat(257)}ustar`)).toBe('tar')
})
