import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHost, remoteHost } from './loopback.ts'

describe('what is this computer, without a lookup', () => {
  it.each([
    'http://localhost:3000/x',
    'https://LOCALHOST',
    'http://localhost.:3000',
    'http://app.localhost',
    'http://a.b.localhost./',
    'http://127.0.0.1',
    'http://127.0.0.1.',
    'http://127.1:80',
    'http://127.255.255.254',
    'http://2130706433/',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://%31%32%37.0.0.1',
    'http://127。0。0。1',
    'http://[::1]:3000',
    'http://[0:0:0:0:0:0:0:1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://127.0.0.1\\@evil.test/',
    'http://evil.test@localhost/',
  ])('%s', (url) => {
    expect(remoteHost(url)).toBeNull()
  })
})

describe('what is somewhere else, by the name that is asked for', () => {
  it.each([
    ['http://example.test:8080/x', 'example.test'],
    ['http://EXAMPLE.test./', 'example.test'],
    ['http://localhost.evil.com', 'localhost.evil.com'],
    ['http://evillocalhost', 'evillocalhost'],
    ['http://.localhost', '.localhost'],
    ['http://localhost..', 'localhost.'],
    ['http://localhost:3000@evil.test/', 'evil.test'],
    ['http://localhost%2eevil.test', 'localhost.evil.test'],
    ['http://127.0.0.1.evil.test', '127.0.0.1.evil.test'],
    ['http://127.0.0.1.nip.io', '127.0.0.1.nip.io'],
    ['http://128.0.0.1', '128.0.0.1'],
    ['http://0.0.0.0', '0.0.0.0'],
    ['http://0', '0.0.0.0'],
    ['http://3232235777', '192.168.1.1'],
    ['http://169.254.169.254/latest', '169.254.169.254'],
    ['http://[::ffff:10.0.0.1]', '::ffff:a00:1'],
    ['http://[::127.0.0.1]', '::7f00:1'],
    ['http://[64:ff9b::7f00:1]', '64:ff9b::7f00:1'],
    ['http://[::]', '::'],
    ['http://[2001:db8::1]:80', '2001:db8::1'],
    ['http://[::1:ffff]', '::1:ffff'],
    ['http://xn--lcalhost-54a', 'xn--lcalhost-54a'],
    ['http://ⅼocalhost.evil', 'localhost.evil'],
  ])('%s', (url, host) => {
    expect(remoteHost(url)).toBe(host)
  })

  it('every other IPv4 address', () => {
    const notLoopback = fc.integer({ min: 0, max: 0xffffffff }).filter((n) => n >>> 24 !== 127)
    fc.assert(
      fc.property(notLoopback, (address) => {
        expect(remoteHost(`http://${address}`)).not.toBeNull()
        expect(remoteHost(`http://0x${address.toString(16)}`)).not.toBeNull()
        const groups = [address >>> 16, address & 0xffff].map((group) => group.toString(16))
        expect(remoteHost(`http://[::ffff:${groups.join(':')}]`)).not.toBeNull()
      }),
    )
  })
})

describe('a host that a person allows', () => {
  it.each([
    ['Example.test.', 'example.test'],
    ['192.168.1.1', '192.168.1.1'],
    ['3232235777', '192.168.1.1'],
    ['2001:DB8:0::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['bücher.test', 'xn--bcher-kva.test'],
  ])('%s', (text, host) => {
    expect(readHost(text)).toBe(host)
  })

  it.each([
    '',
    ' ',
    'a b',
    'http://a.test',
    'a.test/x',
    'u@a.test',
    'a.test:80',
    'a.test:8080',
    '[::1]:80',
    '[::1]:8080',
    'a.test:',
    'a\\b',
    '[',
    '1.2.3.4.5',
  ])('%j is none', (text) => {
    expect(readHost(text)).toBeNull()
  })

  it('is the one that is asked for', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        const host = remoteHost(url)
        expect(host === null ? null : readHost(host)).toBe(host)
      }),
    )
  })
})
