import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import {
  makeRequestReader,
  type ImportFormat,
} from '#engine/interchange/import/make-request-reader.ts'
import type { Imported } from '#engine/interchange/import/request-reader.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { ExportOptions } from './export-writer.ts'
import { makeExportWriter } from './make-export-writer.ts'
import { joined, madeExported, RECEIVED_AT_MS } from './made-delivery.fixture.ts'

const harSchemas: unknown = createRequire(import.meta.url)('har-schema')

const options: ExportOptions = {
  url: null,
  captureUrl: 'http://127.0.0.1:4100',
  target: null,
  version: '1.2.3',
}

async function written(
  format: Parameters<typeof makeExportWriter>[0],
  deliveries: readonly ExportedDelivery[],
  changes: Partial<ExportOptions> = {},
) {
  const writer = await makeExportWriter(format, { ...options, ...changes })
  const pieces = [...writer.begin()]
  for (const each of deliveries) pieces.push(...writer.delivery(each))
  pieces.push(...writer.end())
  return { bytes: joined(pieces), warnings: writer.warnings.list() }
}

function readBack(format: ImportFormat, bytes: Uint8Array, pieceBytes: number): Imported[] {
  const reader = makeRequestReader(format)
  const found: Imported[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    found.push(...reader.push(bytes.subarray(at, at + pieceBytes)))
  }
  return [...found, ...reader.end()]
}

const latin1Value = fc
  .array(
    fc.integer({ min: 0x21, max: 0xff }).filter((code) => code !== 0x7f),
    { minLength: 1, maxLength: 20 },
  )
  .map((codes) => String.fromCharCode(...codes))
const hostile = fc.record({
  target: fc.stringMatching(/^\/[\x21-\x7e]{0,30}$/).filter((text) => !text.includes('#')),
  headers: fc.array(fc.tuple(fc.stringMatching(/^[A-Za-z][\w-]{0,12}$/), latin1Value), {
    maxLength: 4,
  }),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  ),
  pieceBytes: fc.integer({ min: 1, max: 50 }),
})
const isFraming = ([name]: RawHeader) => /^(?:content-length|transfer-encoding|host)$/i.test(name)

describe('HAR', () => {
  // The schemas are of draft 6, whose own schema this ajv does not bring along.
  const ajv = new Ajv({ strict: false, validateSchema: false })
  addFormats(ajv)
  for (const schema of Object.values(Object(harSchemas))) {
    const { $schema: _, ...rest } = Object(schema)
    if ('$id' in rest) ajv.addSchema(rest)
  }
  const check = ajv.getSchema('har.json#') ?? ajv.getSchema('har.json')
  const validate = (har: unknown) => {
    if (!check) throw new Error('har-schema has no har.json.')
    check(har)
    return check.errors ?? []
  }

  it('is valid, and its requests read back the same', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async ({ target, headers, body, pieceBytes }) => {
        const rawHeaders: RawHeader[] = [
          ['Host', 'a.test'],
          ...headers.filter((each) => !isFraming(each)),
        ]
        const exported = madeExported({ target, rawHeaders }, body, pieceBytes)
        const { bytes } = await written('har', [exported, exported])
        expect(validate(JSON.parse(bytes.toString()))).toEqual([])
        for (const imported of readBack('har', bytes, pieceBytes * 3)) {
          if ('problem' in imported) throw new Error(imported.problem)
          const { request, receivedAtMs } = imported
          expect(receivedAtMs).toBe(RECEIVED_AT_MS)
          expect(request.target).toBe(target)
          expect(request.rawHeaders).toEqual(rawHeaders)
          expect(Buffer.from(request.body).equals(Buffer.from(body))).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('says what it cannot carry', async () => {
    const exported = madeExported(
      {
        rawHeaders: [['X-Name', 'J\u00fcrgen']],
        rawTrailers: [['X-End', '1']],
        times: { connectedAtMs: null, committedAtMs: null, answeredAtMs: null },
        problem: 'sender-gone',
        answer: null,
      },
      Uint8Array.of(0xff, 0),
    )
    const { bytes, warnings } = await written('har', [exported, exported])
    expect(warnings.join('\n')).toMatch(
      /incomplete[^]*ISO 8859-1[^]*trailer[^]*status 0[^]*not UTF-8[^]*\(2 times\)/,
    )
    const [entry] = JSON.parse(bytes.toString()).log.entries
    expect(entry.request.postData).toEqual({ mimeType: '', text: '/wA=', encoding: 'base64' })
    expect(entry['_countersign'].rawTrailers).toEqual([['X-End', '1']])
    expect(entry.timings).toMatchObject({ send: 3, wait: 0 })
  })

  it('is empty and valid without deliveries', async () => {
    const { bytes } = await written('har', [])
    expect(validate(JSON.parse(bytes.toString()))).toEqual([])
  })
})

describe('raw HTTP in a tar', () => {
  it('reads back byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async ({ target, headers, body, pieceBytes }) => {
        const rawHeaders: RawHeader[] = [
          ...headers.filter((each) => !isFraming(each)),
          ['content-LENGTH', String(body.length)],
        ]
        const exported = madeExported({ target, rawHeaders }, body, pieceBytes)
        const { bytes } = await written('raw', [exported, exported])
        const found = readBack('tar', bytes, pieceBytes * 11)
        expect(found).toHaveLength(2)
        for (const imported of found) {
          if ('problem' in imported) throw new Error(imported.problem)
          expect(imported.request).toMatchObject({ method: 'POST', target, rawHeaders })
          expect(Buffer.from(imported.request.body).equals(Buffer.from(body))).toBe(true)
          expect(imported.receivedAtMs).toBe(Math.floor(RECEIVED_AT_MS / 1000) * 1000)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('keeps a chunked body and its trailers', async () => {
    for (const body of ['', 'hello']) {
      const exported = madeExported(
        { rawHeaders: [['Transfer-Encoding', 'chunked']], rawTrailers: [['X-End', '1']] },
        body,
      )
      const { bytes } = await written('raw', [exported])
      const [imported] = readBack('tar', bytes, 100)
      if (!imported || 'problem' in imported) throw new Error('It is not there.')
      expect(Buffer.from(imported.request.body).toString()).toBe(body)
      expect(imported.request.rawTrailers).toEqual([['X-End', '1']])
    }
  })
})

describe('collections', () => {
  it('Postman: method, URL, headers and text body; what would be a variable is told', async () => {
    const body = '{"a":"\u00e9{{b}}","n":1.10}'
    const { bytes, warnings } = await written('postman', [
      madeExported({ target: '/a/b%20c?x=1&y' }, body, 3),
      madeExported({}, Uint8Array.of(255)),
    ])
    const collection = JSON.parse(bytes.toString())
    expect(collection.info.schema).toContain('v2.1.0')
    const [{ request }, second] = collection.item
    expect(request.url).toMatchObject({
      raw: 'http://127.0.0.1:4100/a/b%20c?x=1&y',
      host: ['127', '0', '0', '1'],
      port: '4100',
      path: ['a', 'b%20c'],
      query: [
        { key: 'x', value: '1' },
        { key: 'y', value: null },
      ],
    })
    expect(request.body.raw).toBe(body)
    expect(second.request).toMatchObject({ body: { mode: 'file' }, _bodyBase64: '/w==' })
    expect(warnings.join(' ')).toMatch(/variable[^]*not UTF-8/)
  })

  it('.http: no line of a body acts', async () => {
    const bodies = [
      '{"a":1}',
      '{}\n### x\nGET http://evil.test/',
      '< ./etc',
      '{{x}}',
      'a\r\nb',
      'a\n> {% x %}',
    ]
    const { bytes, warnings } = await written(
      'http-file',
      bodies.map((body) => madeExported({}, body)),
    )
    const text = bytes.toString()
    expect(text.match(/^###/gm)).toHaveLength(bodies.length)
    expect(text).not.toMatch(/evil|\{\{|\{%|etc/)
    expect(text.match(/^< .*$/gm)).toEqual(Array(bodies.length - 1).fill('< ./delivery-12.bin'))
    expect(text).toContain('POST http://127.0.0.1:4100/hook?a=1\n')
    expect(warnings).toHaveLength(1)
  })

  it('Bruno: a block per part; what would act is a file of its own', async () => {
    const { bytes } = await written('bruno', [
      madeExported({}, '{\n"a": 1\n}'),
      madeExported({ id: 13 }, '{{process.env.HOME}}'),
    ])
    const files = tarFiles(bytes)
    expect(Object.keys(files)).toEqual([
      ...['countersign/bruno.json', 'countersign/12 invoice.paid.bru'],
      ...['countersign/13 invoice.paid.bru', 'countersign/delivery-13.bin'],
    ])
    expect(files['countersign/12 invoice.paid.bru']).toContain(
      'body:text {\n  {\n  "a": 1\n  }\n}\n',
    )
    const second = files['countersign/13 invoice.paid.bru'] ?? ''
    expect(second).not.toContain('{{')
    expect(second).toContain('file: @file(delivery-13.bin) @contentType(application/json)')
    expect(files['countersign/delivery-13.bin']).toBe('{{process.env.HOME}}')
  })

  it('sends where it is told, without the old Host', async () => {
    const { bytes } = await written('http-file', [madeExported()], {
      url: 'https://localhost:3000/in',
    })
    expect(bytes.toString()).toContain('POST https://localhost:3000/in?a=1\n')
    expect(bytes.toString()).not.toMatch(/^Host:/im)
  })
})

function tarFiles(bytes: Buffer): Record<string, string> {
  const files: Record<string, string> = {}
  for (let at = 0; bytes[at] !== 0 && at < bytes.length;) {
    const name = bytes.toString('latin1', at, at + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8)
    files[name] = bytes.toString('utf8', at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}
