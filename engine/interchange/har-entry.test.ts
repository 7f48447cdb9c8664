import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHarText, readHarEntry } from './har-entry.ts'
import { parsePasted } from './pasted-request.ts'

const request = {
  method: 'POST',
  url: 'https://example.test:8443/hook%20s?a=1&a=2',
  httpVersion: 'HTTP/1.1',
  headers: [
    { name: 'X-B', value: '2' },
    { name: 'x-a', value: '1' },
    { name: 'X-B', value: '3' },
  ],
  queryString: [{ name: 'a', value: 'else' }],
  postData: { mimeType: 'application/json', text: '{"ä": 1}' },
}

function read(value: unknown) {
  const parsed = parseHarText(JSON.stringify(value))
  if ('problem' in parsed) throw new Error(parsed.problem)
  return { ...parsed.request, body: Buffer.from(parsed.request.body), notices: parsed.notices }
}

describe('parseHarText', () => {
  it('reads method, target as written, headers in order with case and repeats, and the body', () => {
    expect(read({ request })).toEqual({
      method: 'POST',
      target: '/hook%20s?a=1&a=2',
      httpVersion: '1.1',
      rawHeaders: [
        ['Host', 'example.test:8443'],
        ['X-B', '2'],
        ['x-a', '1'],
        ['X-B', '3'],
      ],
      rawTrailers: [],
      body: Buffer.from('{"ä": 1}'),
      notices: [],
    })
  })

  it('takes the first entry of an archive, and says so', () => {
    const entries = [{ request }, { request: { ...request, method: 'PUT' } }]
    const { method, notices } = read({ log: { version: '1.2', entries } })
    expect(method).toBe('POST')
    expect(notices).toEqual(['The HAR has 2 entries; this is the first.'])
    expect(read({ log: { entries: [{ request }] } }).notices).toEqual([])
    expect(parseHarText('{"log":{"entries":[]}}')).toEqual({
      problem: 'This HAR has no entries.',
    })
  })

  it('reads bodies in base64 and from form fields', () => {
    const bytes = Buffer.from([0, 255, 10, 13])
    const binary = { mimeType: 'x/y', text: bytes.toString('base64'), encoding: 'base64' }
    expect(read({ request: { ...request, postData: binary } }).body).toEqual(bytes)
    const fields = { params: [{ name: 'a b', value: 'ü&' }, { name: 'c' }] }
    const made = read({ request: { ...request, postData: fields } })
    expect(made.body.toString()).toBe('a+b=%C3%BC%26&c=')
    expect(made.notices[0]).toContain('written anew')
    const parts = { mimeType: 'multipart/form-data; boundary=x', params: fields.params }
    expect(read({ request: { ...request, postData: parts } }).notices[0]).toContain('without')
  })

  it('leaves pseudo headers out, and builds the query only where the URL has none', () => {
    const { target, rawHeaders } = read({
      ...request,
      url: 'https://h/x',
      headers: [
        { name: ':path', value: '/x' },
        { name: 'host', value: 'h' },
      ],
      queryString: [{ name: 'a', value: 'b c' }],
    })
    expect(target).toBe('/x?a=b+c')
    expect(rawHeaders).toEqual([['host', 'h']])
  })

  it('says what is wrong', () => {
    expect(parseHarText('{"a":1')).toHaveProperty('problem')
    expect(parseHarText('{"type":"charge.paid"}')).toMatchObject({
      problem: expect.stringContaining('no HAR'),
    })
    expect(parseHarText('{"request":{"method":"GET"}}')).toMatchObject({
      problem: expect.stringContaining('“url”'),
    })
    const lengths = [{ name: 'Content-Length', value: '3' }]
    expect(read({ request: { ...request, headers: lengths } }).notices[0]).toContain('says 3')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, text) => {
        expect(parseHarText(json)).toBeTypeOf('object')
        expect(parseHarText(`{${text}`)).toBeTypeOf('object')
        expect(parseHarText(`{"request":${json}}`)).toBeTypeOf('object')
      }),
    )
  })
})

describe('parsePasted and readHarEntry', () => {
  it('know a HAR by its first character', () => {
    expect(parsePasted(` ${JSON.stringify({ request })}`)).toMatchObject({
      method: 'POST',
      bodyBase64: Buffer.from('{"ä": 1}').toString('base64'),
    })
    expect(readHarEntry({ request })?.request.method).toBe('POST')
    expect(readHarEntry({ response: {} })).toBeNull()
  })
})
