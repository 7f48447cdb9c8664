import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { addressBytes, blockBytes } from './addresses.ts'
import {
  bits,
  constructed,
  octets,
  oid,
  primitive,
  sequence,
  set,
  time,
  TRUE,
  unsigned,
  utf8,
} from './der.ts'

/** What is certified, and by whom; keys are on the curve P-256. */
export interface CertificateParts {
  /** Common names. */
  subject: string
  issuer: string
  /** Whose certificate it is. */
  key: KeyObject
  signingKey: KeyObject
  notBeforeMs: number
  notAfterMs: number
  extensions: readonly Buffer[]
}

const ORGANISATION = 'Countersign on this machine'
const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))

/** An X.509 certificate of version 3 (RFC 5280 §4.1), PEM. */
export function certificatePem(parts: CertificateParts): string {
  const toSign = sequence(
    constructed(0, unsigned(Buffer.from([2]))),
    unsigned(serial()),
    ECDSA_WITH_SHA256,
    name(parts.issuer),
    sequence(time(parts.notBeforeMs), time(parts.notAfterMs)),
    name(parts.subject),
    publicKeyInfo(parts.key),
    constructed(3, sequence(...parts.extensions)),
  )
  const signature = sign('sha256', toSign, parts.signingKey)
  const der = sequence(toSign, ECDSA_WITH_SHA256, bits(signature))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** Of an authority that signs for servers only, and makes no further ones (§4.2.1.9, §4.2.1.3). */
export function authorityExtensions(key: KeyObject, permitted: readonly string[]): Buffer[] {
  return [
    extension('2.5.29.19', sequence(TRUE, unsigned(Buffer.from([0]))), 'critical'),
    // keyCertSign alone
    extension('2.5.29.15', bits(Buffer.from([0x04]), 2), 'critical'),
    SERVERS_ONLY,
    extension('2.5.29.30', sequence(constructed(0, ...permitted.map(subtree))), 'critical'),
    extension('2.5.29.14', octets(keyId(key))),
  ]
}

/** Of a server with these names and addresses (§4.2.1.6). */
export function serverExtensions(
  key: KeyObject,
  authorityKey: KeyObject,
  hosts: readonly string[],
): Buffer[] {
  return [
    extension('2.5.29.19', sequence(), 'critical'),
    // digitalSignature
    extension('2.5.29.15', bits(Buffer.from([0x80]), 7), 'critical'),
    SERVERS_ONLY,
    extension('2.5.29.17', sequence(...hosts.map(generalName))),
    extension('2.5.29.14', octets(keyId(key))),
    extension('2.5.29.35', sequence(primitive(0, keyId(authorityKey)))),
  ]
}

const SERVERS_ONLY = extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1')))

function extension(id: string, value: Buffer, critical?: 'critical'): Buffer {
  return critical ? sequence(oid(id), TRUE, octets(value)) : sequence(oid(id), octets(value))
}

function name(commonName: string): Buffer {
  return sequence(attribute('2.5.4.10', ORGANISATION), attribute('2.5.4.3', commonName))
}

function attribute(id: string, text: string): Buffer {
  return set(sequence(oid(id), utf8(text)))
}

/** GeneralName: `[2]` dNSName in ASCII, `[7]` iPAddress in bytes. */
function generalName(host: string): Buffer {
  const address = addressBytes(host)
  return address ? primitive(7, address) : primitive(2, Buffer.from(host, 'latin1'))
}

/** GeneralSubtree: a name with all below it, or a block of addresses. */
function subtree(place: string): Buffer {
  const block = blockBytes(place)
  return sequence(block ? primitive(7, block) : primitive(2, Buffer.from(place, 'latin1')))
}

function publicKeyInfo(key: KeyObject): Buffer {
  const half = key.type === 'private' ? createPublicKey(key) : key
  return half.export({ type: 'spki', format: 'der' })
}

/** RFC 5280 §4.2.1.2, method 1 over the whole key info: any stable digest will do. */
function keyId(key: KeyObject): Buffer {
  return createHash('sha256').update(publicKeyInfo(key)).digest().subarray(0, 20)
}

/** Positive, 16 random bytes (§4.1.2.2: at most 20). */
function serial(): Buffer {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes
}
