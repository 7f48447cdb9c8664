import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { buildReplay } from './build.ts'
import { headBytes, type OutgoingRequest } from './outgoing-request.ts'

const url = 'http://localhost:3000'

function built(
  rawHeaders: RawHeader[],
  more: {
    body?: string
    target?: string
    url?: string
    method?: string
    httpVersion?: string
  } = {},
  hopByHop: 'keep' | 'drop' = 'keep',
): OutgoingRequest {
  const { body = '', target = '/hook', method = 'POST', httpVersion = '1.1' } = more
  const delivery = { method, target, httpVersion, rawHeaders, body: Buffer.from(body) }
  const request = buildReplay({ delivery, url: more.url ?? url, hopByHop })
  if ('problem' in request) throw new Error(request.problem)
  return request
}

describe('the headers of a replay', () => {
  it('keep order, case and repeats; Host is rewritten in its place', () => {
    const request = built([
      ['X-B', '2'],
      ['hOST', 'old.test'],
      ['x-b', ' odd'],
      ['X-B', '2'],
      ['Connection', 'close'],
      ['host', 'again'],
    ])
    expect(request.rawHeaders).toEqual([
      ['X-B', '2'],
      ['hOST', 'localhost:3000'],
      ['x-b', ' odd'],
      ['X-B', '2'],
      ['Connection', 'close'],
    ])
  })

  it('begin with Host when there was none', () => {
    expect(built([['A', 'b']]).rawHeaders[0]).toEqual(['Host', 'localhost:3000'])
  })

  it('have Content-Length in the place of Transfer-Encoding, and no Trailer', () => {
    const headers: RawHeader[] = [
      ['Host', 'h'],
      ['transfer-encoding', 'chunked'],
      ['Trailer', 'T'],
      ['A', 'b'],
    ]
    expect(built(headers, { body: 'abc' }).rawHeaders.slice(1)).toEqual([
      ['Content-Length', '3'],
      ['A', 'b'],
    ])
  })

  it.each([
    [[['content-length', '003']], 'abc', [['content-length', '003']]],
    [[['content-length', '30']], 'abc', [['content-length', '3']]],
    [[['Content-Length', '0']], '', [['Content-Length', '0']]],
    [[], '', []],
    [[], 'abc', [['Content-Length', '3']]],
  ] satisfies [RawHeader[], string, RawHeader[]][])(
    'say the right length: %j with %j',
    (headers, body, expected) => {
      expect(built([['Host', 'h'], ...headers], { body }).rawHeaders.slice(1)).toEqual(expected)
    },
  )

  it('lose the hop-by-hop ones when forwarding, also those that Connection names', () => {
    const names = [
      'Keep-Alive',
      'TE',
      'Upgrade',
      'Proxy-Connection',
      'Proxy-Authorization',
      'X-Hop',
    ]
    const headers: RawHeader[] = [
      ['Host', 'h'],
      ['Connection', 'close, x-hop, Content-Length'],
      ...names.map((name): RawHeader => [name, '1']),
      ['X-End', '1'],
    ]
    expect(built(headers, { body: 'a' }, 'drop').rawHeaders).toEqual([
      ['Host', 'localhost:3000'],
      ['X-End', '1'],
      ['Content-Length', '1'],
    ])
    expect(built(headers).rawHeaders).toHaveLength(headers.length)
  })
})

describe('the request line of a replay', () => {
  it.each([
    ['http://h:1', '/hook?a=%20', '/hook?a=%20'],
    ['http://h:1/', '/hook?a', '/hook?a'],
    ['http://h:1/?', '/hook?a', '/'],
    ['http://h:1/api/novu', '/hook?action=execute', '/api/novu?action=execute'],
    ['http://h:1/api?x=1', '/hook?action=execute', '/api?x=1'],
    ['http://h:1/api?', '/hook?a', '/api'],
    ['http://h:1/api#part?', '/hook', '/api'],
    ['http://h:1', 'http://old/path?q', '/path?q'],
    ['http://h:1', 'http://old', '/'],
    ['http://h:1', '*', '*'],
  ])('%s with %s is %s', (target, captured, expected) => {
    expect(built([], { url: target, target: captured }).target).toBe(expected)
  })

  it('keeps HTTP/1.0', () => {
    const head = Buffer.from(headBytes(built([], { httpVersion: '1.0' }))).toString()
    expect(head).toBe('POST /hook HTTP/1.0\r\nHost: localhost:3000\r\n\r\n')
  })
})

describe('what cannot be sent is a problem', () => {
  it.each([
    [{ url: 'ftp://h' }, 'http:// or https://'],
    [{ url: 'nonsense' }, 'http:// or https://'],
    [{ url: 'http://u:p@h' }, 'user name'],
    [{ method: '' }, 'request method'],
    [{ target: '/a b' }, 'request target'],
    [{ target: '/a\r\nX: y' }, 'request target'],
    [{ rawHeaders: [['A', 'b\r\nC: d']] satisfies RawHeader[] }, '“A”'],
    [{ rawHeaders: [['A:', 'b']] satisfies RawHeader[] }, '“A:”'],
    [{ rawHeaders: [['A', '✓']] satisfies RawHeader[] }, '“A”'],
  ])('%j', (change, expected) => {
    const delivery = { method: 'POST', target: '/', rawHeaders: [], body: Buffer.alloc(0) }
    const request = buildReplay({ url, delivery: { ...delivery, ...change }, ...change })
    expect(request).toHaveProperty('problem')
    expect('problem' in request && request.problem).toContain(expected)
  })

  it('no header list smuggles another line', () => {
    const anything = fc.string({
      unit: fc.constantFrom('a', 'B', '1', '-', ' ', ':', '\r', '\n', '\0', '\u00e9'),
      maxLength: 3,
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(anything, anything)), anything, (rawHeaders, target) => {
        const delivery = { method: 'POST', target, rawHeaders, body: Buffer.alloc(0) }
        const request = buildReplay({ delivery, url })
        const lines = 'problem' in request ? [] : headLines(request)
        const expected = 'problem' in request ? 0 : request.rawHeaders.length + 3
        expect(lines).toHaveLength(expected)
      }),
    )
  })
})

function headLines(request: OutgoingRequest): string[] {
  return Buffer.from(headBytes(request))
    .toString('latin1')
    .split(/\r\n|\r|\n/)
}
