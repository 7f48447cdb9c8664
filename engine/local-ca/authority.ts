import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { authorityExtensions, certificatePem, serverExtensions } from './certificate.ts'
import { isPermitted, privatePlaces } from './host-names.ts'

const DAY_MS = 24 * 3600 * 1000
/** An authority is trusted by hand, so it counts long; what it signs does not. */
const AUTHORITY_DAYS = 5 * 365
const SERVER_DAYS = 90
/** A server certificate is made anew when so much of its time is left. */
const RENEW_DAYS = 30
/** Clocks differ. */
const BEFORE_MS = DAY_MS

/** A certificate and its key, PEM. */
export interface KeyedCertificate {
  certificate: string
  key: string
}

export interface MadeAuthority extends KeyedCertificate {
  permitted: string[]
}

/**
 * Makes an authority of P-256 that may sign for private names and addresses and for `allowed`, and
 * for nothing else: whoever steals its key cannot pose as the rest of the web to clients that honour
 * name constraints (RFC 5280 §4.2.1.10).
 * @param machine its name, shown in lists of authorities
 * @param allowed host names and addresses beside the private ones, as `readHostName` gives them
 */
export function makeAuthority(
  machine: string,
  allowed: readonly string[],
  nowMs: number,
): MadeAuthority {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const names = allowed.map((host) => host.replace(/^\*\./, ''))
  const permitted = [...new Set([...privatePlaces, ...names])]
  const where = machine.replace(/[^A-Za-z0-9.-]/g, '').slice(0, 40)
  const subject = `Countersign ${where} ${new Date(nowMs).toISOString().slice(0, 10)}`
  const certificate = certificatePem({
    ...{ subject, issuer: subject, key: privateKey, signingKey: privateKey },
    notBeforeMs: nowMs - BEFORE_MS,
    notAfterMs: nowMs + AUTHORITY_DAYS * DAY_MS,
    extensions: authorityExtensions(privateKey, permitted),
  })
  return { certificate, key: pemOf(privateKey), permitted }
}

/** The first host that an authority may not sign for; `null`: all are fine. */
export function firstForbidden(
  hosts: readonly string[],
  permitted: readonly string[],
): string | null {
  return hosts.find((host) => !isPermitted(host, permitted)) ?? null
}

/** Makes a server's certificate for hosts that the authority may sign for. */
export function signServer(
  authority: KeyedCertificate,
  hosts: readonly string[],
  nowMs: number,
): KeyedCertificate {
  const signingKey = createPrivateKey(authority.key)
  const issuer = new X509Certificate(authority.certificate)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const certificate = certificatePem({
    subject: 'Countersign listener',
    issuer: commonName(issuer),
    key: privateKey,
    signingKey,
    notBeforeMs: nowMs - BEFORE_MS,
    // Nothing outlives the one who signed it.
    notAfterMs: Math.min(nowMs + SERVER_DAYS * DAY_MS, Date.parse(issuer.validTo)),
    extensions: serverExtensions(privateKey, signingKey, hosts),
  })
  return { certificate, key: pemOf(privateKey) }
}

/** When a server's certificate is to be made anew; unix milliseconds. */
export function renewalDueMs(certificate: string): number {
  const { validFrom, validTo } = new X509Certificate(certificate)
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)]
  return to - Math.min(RENEW_DAYS * DAY_MS, (to - from) / 3)
}

export function commonName({ subject }: X509Certificate): string {
  return /^CN=(.*)$/m.exec(subject)?.[1] ?? ''
}

function pemOf(key: ReturnType<typeof createPrivateKey>): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}
