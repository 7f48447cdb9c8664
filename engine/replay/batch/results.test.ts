import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvField, type ResultRow, resultsCsv, resultsNdjson } from './results.ts'

/** RFC 4180, section 2, read strictly. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let fields: string[] = []
  let at = 0
  while (at < text.length) {
    let field = ''
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at++
        field += text[at] ?? ''
      }
      at++
    } else {
      while (text[at] !== ',' && text[at] !== '\r') field += text[at++] ?? ''
    }
    fields.push(field)
    if (text[at] === ',') at++
    else {
      if (!text.startsWith('\r\n', at)) throw new Error(`This is no end of a line: ${at}`)
      at += 2
      rows.push(fields)
      fields = []
    }
  }
  return rows
}

const row: ResultRow = {
  replayId: 7,
  deliveryId: 3,
  startedAt: '2026-01-02T03:04:05.006Z',
  method: 'POST',
  target: '/a,"b"',
  url: 'http://localhost:3000',
  resigned: true,
  messageId: '=HYPERLINK("http://evil")',
  status: null,
  error: 'Nothing listens.\r\nReally.',
  dnsMs: null,
  connectMs: null,
  tlsMs: null,
  firstByteMs: null,
  totalMs: 1.5,
  answerByteLength: null,
  arrivedAsDeliveryId: null,
}

describe('results', () => {
  it('as CSV', () => {
    const [names = [], values = []] = readCsv(resultsCsv([row], true))
    const told = Object.fromEntries(names.map((name, index) => [name, values[index]]))
    expect(told).toMatchObject({
      replayId: '7',
      target: '/a,"b"',
      messageId: `'=HYPERLINK("http://evil")`,
      error: 'Nothing listens.\r\nReally.',
      status: '',
      totalMs: '1.5',
    })
    expect(readCsv(resultsCsv([row, row], false))).toHaveLength(2)
  })

  it('as NDJSON', () => {
    const lines = resultsNdjson([row, row]).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([row, row])
  })

  it('any text comes back from a field, and none begins a formula', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('=+-@\t\r\n,"\' aé＝')) })
    fc.assert(
      fc.property(text, (value) => {
        const [[read = ''] = []] = readCsv(`${csvField(value)},x\r\n`)
        expect(read.replace(/^'(?=[=+\-@\t\r\n＝])/, '')).toBe(
          value.replace(/^'(?=[=+\-@\t\r\n＝])/, ''),
        )
        expect(read).not.toMatch(/^[=+\-@\t\r\n＝]/)
      }),
    )
  })
})
