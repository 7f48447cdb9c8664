import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { ListenerSettings } from '#contract/settings.ts'
import type { ClientRules } from '#engine/listener/client-certificate.ts'
import { type Credentials, readAuthorities, readCredentials } from '#engine/listener/credentials.ts'
import type { LocalCa } from '#engine/local-ca/local-ca.ts'
import { EngineStartError } from '#engine/options.ts'

/** What the listener speaks TLS with; `null`: plain HTTP. */
export type CredentialsFor = (settings: ListenerSettings) => Promise<Credentials | null>

/**
 * Reads or makes what the settings want, anew each time it is called.
 * @param makeMissing makes the local authority where there is none: that was asked for
 * Rejects with EngineStartError `tls-unusable` that says what is in the way.
 */
export function credentialsFor(localCa: () => LocalCa | null, makeMissing = false): CredentialsFor {
  let read: { stamp: string; credentials: Credentials } | null = null
  return async ({ tls, host, clientCertificates = null }) => {
    if (tls === null) return null
    const files = [
      ...('certificateFile' in tls ? [tls.certificateFile, tls.keyFile] : []),
      ...(clientCertificates?.caFiles ?? []),
    ]
    // Asked every few seconds: files that did not change are not read again.
    const stamp = JSON.stringify([tls, clientCertificates, await stampOf(files)])
    if (read?.stamp === stamp && 'certificateFile' in tls) return read.credentials
    const clients: ClientRules | null = clientCertificates && {
      required: clientCertificates.required,
      ca: await readAuthorities(clientCertificates.caFiles),
    }
    if ('certificateFile' in tls) {
      const credentials = { ...(await readCredentials(tls)), clients }
      read = { stamp, credentials }
      return credentials
    }
    const ca = localCa()
    if (!ca) {
      throw new EngineStartError('tls-unusable', 'There is no local authority in this program.')
    }
    if (makeMissing && !ca.authority()) ca.make({ allowed: tls.hostNames, replace: false })
    const { certificate, key } = ca.credentials([...tls.hostNames, ...named(host)])
    return { cert: Buffer.from(certificate), key: Buffer.from(key), clients }
  }
}

/** Changes when a file is written or replaced; one that is missing has a stamp too. */
function stampOf(files: readonly string[]): Promise<string[]> {
  return Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
        () => 'missing',
      ),
    ),
  )
}

/** The address that is listened on, unless it means all of them. */
function named(host: string): string[] {
  return host === '0.0.0.0' || host === '::' ? [] : [host]
}

/** Equal for equal credentials. */
export function digestOf(credentials: Credentials | null): string {
  if (credentials === null) return ''
  const { cert, key, clients } = credentials
  const hash = createHash('sha256').update(cert).update(key)
  for (const ca of clients?.ca ?? []) hash.update(ca)
  return `${hash.digest('hex')} ${clients?.required ?? 'nobody'}`
}
