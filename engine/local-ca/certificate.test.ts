import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { isIPv4, isIPv6 } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressBytes, blockBytes, isInBlock } from './addresses.ts'
import { makeAuthority, renewalDueMs, signServer } from './authority.ts'
import { oid, time, unsigned } from './der.ts'
import { isPermitted, privatePlaces, readHostName } from './host-names.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const NOW = Date.UTC(2026, 5, 1, 12)
const authority = makeAuthority('box', ['hooks.example.com'], NOW)

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/)
const hostName = fc
  .tuple(fc.array(label, { minLength: 0, maxLength: 3 }), fc.constantFrom('test', 'localhost'))
  .map(([labels, last]) => [...labels, last].join('.'))

describe('a server certificate', () => {
  it('says what Node reads: names, addresses, times, key, issuer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(hostName, fc.ipV4(), fc.ipV6()), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2070, 0) }),
        (hosts, nowMs) => {
          const ca = makeAuthority('box', [], nowMs)
          const { certificate, key } = signServer(ca, hosts, nowMs)
          const read = new X509Certificate(certificate)
          const issuer = new X509Certificate(ca.certificate)
          expect(read.checkIssued(issuer)).toBe(true)
          expect(read.verify(issuer.publicKey)).toBe(true)
          expect(issuer.verify(issuer.publicKey)).toBe(true)
          expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true)
          expect([read.ca, issuer.ca]).toEqual([false, true])
          expect(Math.abs(Date.parse(read.validFrom) - (nowMs - 86_400_000))).toBeLessThan(1000)
          expect(Date.parse(read.validTo)).toBeLessThanOrEqual(Date.parse(issuer.validTo))
          expect(/^[1-7][0-9A-F]{31}$/.test(read.serialNumber)).toBe(true)
          for (const host of hosts) {
            const found = isIPv4(host) || isIPv6(host) ? read.checkIP(host) : read.checkHost(host)
            expect(found).toBeDefined()
          }
          expect(read.checkHost('elsewhere.example')).toBeUndefined()
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is due in its last third at the latest, and never outlives its authority', () => {
    const { certificate } = signServer(authority, ['localhost'], NOW)
    const day = 86_400_000
    expect(renewalDueMs(certificate)).toBe(NOW + 60 * day)
    const late = Date.parse(new X509Certificate(authority.certificate).validTo) - 3 * day
    const short = new X509Certificate(signServer(authority, ['localhost'], late).certificate)
    expect(Date.parse(short.validTo)).toBe(late + 3 * day)
  })
})

/** What `openssl verify` says of a certificate at that time. */
function verify(certificate: string, ca: string, ...more: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-x509-'))
  try {
    const [caFile, file] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')]
    writeFileSync(caFile, ca)
    writeFileSync(file, certificate)
    const at = String(Math.floor(NOW / 1000))
    return execFileSync(
      'openssl',
      ['verify', '-x509_strict', '-attime', at, '-CAfile', caFile, ...more, file],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    )
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(!hasOpenssl)('with openssl (skipped where it is not installed)', () => {
  it('stands strict verification, as a server and as nothing else', () => {
    const hosts = ['localhost', '127.0.0.1', '::1', '*.dev.test', 'a.hooks.example.com']
    const { certificate } = signServer(authority, hosts, NOW)
    expect(verify(certificate, authority.certificate, '-purpose', 'sslserver')).toContain('OK')
    expect(verify(certificate, authority.certificate, '-purpose', 'sslclient')).toContain('purpose')
  })

  it('a stolen key signs for nothing else: the name constraints hold', () => {
    for (const host of ['bank.example', 'example.com', '8.8.8.8', '2001:db8::1', 'xtest']) {
      const { certificate } = signServer(authority, ['localhost', host], NOW)
      expect(verify(certificate, authority.certificate)).toContain('permitted subtree violation')
    }
  })

  it('what it signs is no authority, and it may not make further ones', () => {
    const text = execFileSync('openssl', ['x509', '-noout', '-text'], {
      input: authority.certificate,
      encoding: 'utf8',
    })
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/)
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign\n/)
    expect(text).toMatch(/Extended Key Usage: \s*TLS Web Server Authentication/)
    expect(text).toMatch(/Name Constraints: critical/)
    const inner = signServer(authority, ['localhost'], NOW)
    const below = signServer(inner, ['localhost'], NOW)
    expect(verify(below.certificate, authority.certificate)).toMatch(/error/)
  })
})

describe('DER', () => {
  it('writes numbers that are not negative in the shortest form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (bytes) => {
        const written = unsigned(bytes)
        const digits = written.subarray(2)
        expect(written[1]).toBe(digits.length)
        expect((digits[0] ?? 0) & 0x80).toBe(0)
        const value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
        expect(BigInt(`0x${digits.toString('hex')}`)).toBe(value)
        const padded = digits.length > 1 && digits[0] === 0 && ((digits[1] ?? 0) & 0x80) === 0
        expect(padded).toBe(false)
      }),
    )
  })

  it('writes what X.690 and RFC 5280 give as examples', () => {
    // X.690 §8.19.5
    expect(oid('2.999.3').toString('hex')).toBe('0603883703')
    expect(oid('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302')
    expect(time(Date.UTC(2049, 11, 31, 23, 59, 59)).toString('latin1', 2)).toBe('491231235959Z')
    expect(time(Date.UTC(2050, 0, 1)).toString('latin1', 2)).toBe('20500101000000Z')
  })
})

describe('names and addresses', () => {
  it('reads addresses as the system does', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const bytes = addressBytes(text)
        expect(bytes?.length).toBe(isIPv4(text) ? 4 : 16)
        const host = isIPv4(text) ? text : `[${text}]`
        const normal = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
        expect(addressBytes(normal)).toEqual(bytes)
      }),
    )
    expect(addressBytes('::ffff:1.2.3.4')?.toString('hex')).toBe('00000000000000000000ffff01020304')
    for (const none of ['', 'a', '1.2.3', '1.2.3.256', 'fe80::1%eth0']) {
      expect(addressBytes(none)).toBeNull()
    }
  })

  it('knows what lies in a block', () => {
    const block = blockBytes('172.16.0.0/12') ?? Buffer.alloc(0)
    const lies = (text: string) => isInBlock(addressBytes(text) ?? Buffer.alloc(0), block)
    expect([lies('172.16.0.0'), lies('172.31.255.255')]).toEqual([true, true])
    expect([lies('172.15.255.255'), lies('172.32.0.0'), lies('::1')]).toEqual([false, false, false])
  })

  it('takes names in the form of certificates, and refuses what is none', () => {
    expect(readHostName(' Hooks.TEST. ')).toBe('hooks.test')
    expect(readHostName('*.bücher.test')).toBe('*.xn--bcher-kva.test')
    expect(readHostName('[::1]')).toBe('::1')
    for (const none of [
      '',
      '*',
      'a..b',
      '-a',
      'a_b',
      'a/b',
      '1.2',
      'a b',
      '*.*.a',
      `${'a'.repeat(64)}.b`,
    ]) {
      expect(readHostName(none)).toBeNull()
    }
  })

  it('permits private places alone', () => {
    for (const fine of ['localhost', 'a.b.test', '*.local', '10.1.2.3', '::1', 'fd00::1']) {
      expect(isPermitted(fine, privatePlaces)).toBe(true)
    }
    for (const other of ['example.com', 'xlocalhost', '8.8.8.8', '::2', 'test.example']) {
      expect(isPermitted(other, privatePlaces)).toBe(false)
    }
  })
})

it('the key of a certificate is its own', () => {
  const { certificate, key } = signServer(authority, ['localhost'], NOW)
  const spki = { type: 'spki', format: 'pem' } as const
  expect(new X509Certificate(certificate).publicKey.export(spki)).toBe(
    createPublicKey(createPrivateKey(key)).export(spki),
  )
})
