import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { cameThrough, type Outside } from './came-through.ts'
import { namedProxies } from './named-proxies.ts'

const nowhere: Outside = { isProxy: namedProxies([]), tunnel: null, setting: null }
const tunnel = 'https://shy-dog.trycloudflare.com'
const setting = 'https://hooks.example'
const here: RawHeader = ['Host', '127.0.0.1:4100']
const https: RawHeader = ['X-Forwarded-Proto', 'https']

function came(
  rawHeaders: RawHeader[],
  {
    from = '127.0.0.1',
    own = false,
    ...more
  }: Partial<Outside> & {
    from?: string
    own?: boolean
    secure?: boolean
    prefix?: string
  } = {},
) {
  const { secure, prefix, ...outside } = more
  const head = {
    ...{ remoteAddress: from, rawHeaders },
    ...(secure === undefined ? {} : { secure }),
    ...(prefix === undefined ? {} : { prefix }),
  }
  return cameThrough(head, { ...nowhere, ...outside }, own)
}

describe('who is no named proxy', () => {
  const header = fc.tuple(
    fc.constantFrom('Forwarded', 'X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host'),
    fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom('https', 'shy-dog.trycloudflare.com', 'for=127.0.0.1;host=hooks.example'),
    ),
  )

  test('changes nothing by any header, through whatever he claims to come', () => {
    fc.assert(
      fc.property(
        fc.array(header, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('203.0.113.9', '10.0.0.7', '::ffff:192.168.1.2', 'fe80::1', '128.0.0.1'),
        fc.boolean(),
        (headers, from, secure) => {
          const rawHeaders: RawHeader[] = [here, ...headers]
          const protocol = secure ? 'https' : 'http'
          expect(came(rawHeaders, { from, secure, tunnel, setting })).toEqual({
            ...{ base: `${protocol}://127.0.0.1:4100`, by: 'listener', address: null },
            ignored: 'not-named',
          })
        },
      ),
    )
    const claimed: RawHeader = ['Host', 'shy-dog.trycloudflare.com']
    expect(came([claimed], { from: '203.0.113.9', tunnel })).toBeNull()
  })

  test('is believed once it is named', () => {
    const isProxy = namedProxies(['10.0.0.0/8'])
    const rawHeaders: RawHeader[] = [here, https, ['X-Forwarded-Host', 'hooks.example']]
    expect(came(rawHeaders, { from: '10.0.0.7', isProxy })).toEqual({
      ...{ base: setting, by: 'proxy', address: null, ignored: null },
    })
  })
})

describe('a web page on this computer', () => {
  const page: RawHeader = ['Sec-Fetch-Site', 'cross-site']

  test('changes nothing', () => {
    const rawHeaders: RawHeader[] = [here, page, https, ['X-Forwarded-Host', 'hooks.example']]
    expect(came(rawHeaders)).toEqual({
      ...{ base: 'http://127.0.0.1:4100', by: 'listener', address: null, ignored: 'web-page' },
    })
  })

  test('through the tunnel is seen as what it is', () => {
    const rawHeaders: RawHeader[] = [
      ['host', 'shy-dog.trycloudflare.com'],
      page,
      ['X-Forwarded-For', '203.0.113.9'],
    ]
    expect(came(rawHeaders, { tunnel })).toEqual({
      ...{ base: tunnel, by: 'tunnel', address: '203.0.113.9', ignored: null },
    })
  })
})

describe('a request', () => {
  test('that came straight needs no word', () => {
    expect(came([here])).toBeNull()
    expect(came([here], { tunnel })).toBeNull()
    expect(came([here], { from: '203.0.113.9', setting })).toBeNull()
  })

  test('through the tunnel cannot claim another host', () => {
    const rawHeaders: RawHeader[] = [
      ['Host', 'SHY-DOG.trycloudflare.com:443'],
      ['X-Forwarded-Host', 'evil.example'],
      ['X-Forwarded-Proto', 'http'],
      ['X-Forwarded-For', '198.51.100.1, 203.0.113.9'],
    ]
    expect(came(rawHeaders, { tunnel })).toEqual({
      ...{ base: tunnel, by: 'tunnel', address: '203.0.113.9', ignored: null },
    })
  })

  test('of a proxy that says nothing has the public URL of the settings, unless it is our own', () => {
    expect(came([here], { setting: `${setting}/in/` })).toMatchObject({
      ...{ base: `${setting}/in`, by: 'public-url' },
    })
    expect(came([here], { setting, own: true })).toBeNull()
  })

  test('has its path token and TLS in its base', () => {
    expect(came([here], { prefix: '/TOKEN', secure: true })).toEqual({
      ...{ base: 'https://127.0.0.1:4100/TOKEN', by: 'listener', address: null, ignored: null },
    })
    const through: RawHeader = ['Host', 'shy-dog.trycloudflare.com']
    expect(came([through], { tunnel, prefix: '/TOKEN' })?.base).toBe(`${tunnel}/TOKEN`)
    expect(
      came(
        [
          [':authority', 'a.example:8443'],
          [':scheme', 'https'],
        ],
        { secure: true },
      )?.base,
    ).toBe('https://a.example:8443')
  })
})
