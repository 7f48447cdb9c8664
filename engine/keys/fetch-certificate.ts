import { X509Certificate } from 'node:crypto'
import https from 'node:https'
import type { Agent } from 'node:https'

export interface FetchOptions {
  /** The clock, unix milliseconds. */
  nowMs: number
  /** For all of it together. */
  timeoutMs?: number
  /** Another way to the host than the usual one, as tests have. */
  agent?: Agent
}

export type FetchedCertificate = { pem: string; validToMs: number } | { problem: string }

const TIMEOUT_MS = 10_000
const LIMIT_BYTES = 64 * 1024

/**
 * Fetches one X.509 certificate over https: no redirects, at most 64 KiB, within 10 s, and valid at
 * this moment. Whether the address may be asked at all is decided before (`keyAddressOf`). A chain
 * gives its first certificate, which is the signer's.
 */
export async function fetchCertificate(
  url: string,
  { nowMs, agent, timeoutMs = TIMEOUT_MS }: FetchOptions,
): Promise<FetchedCertificate> {
  const { host, protocol } = new URL(url)
  if (protocol !== 'https:') return { problem: 'A certificate is only asked for over https.' }
  const fetched = await fetchText(url, host, agent, timeoutMs)
  return 'problem' in fetched ? fetched : readCertificate(fetched.text, host, nowMs)
}

function fetchText(
  url: string,
  host: string,
  agent: Agent | undefined,
  timeoutMs: number,
): Promise<{ text: string } | { problem: string }> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const request = https.get(
      url,
      { signal, agent: agent ?? new https.Agent({ keepAlive: false }), maxHeaderSize: 16 * 1024 },
      (response) => {
        const stop = (problem: string) => {
          response.destroy()
          resolve({ problem })
        }
        const { statusCode = 0 } = response
        if (statusCode >= 300 && statusCode < 400) {
          return stop(`${host} sends on to another address, which is not followed.`)
        }
        if (statusCode !== 200) return stop(`${host} answered ${statusCode}.`)
        const parts: Buffer[] = []
        let byteLength = 0
        response.on('data', (part: Buffer) => {
          byteLength += part.byteLength
          if (byteLength > LIMIT_BYTES)
            stop(`${host} sent more than 64 KiB; that is no certificate.`)
          else parts.push(part)
        })
        response.on('error', (error) => resolve(failure(host, error, signal, timeoutMs)))
        response.on('end', () => resolve({ text: Buffer.concat(parts).toString('latin1') }))
      },
    )
    request.on('error', (error) => resolve(failure(host, error, signal, timeoutMs)))
  })
}

function failure(host: string, error: Error, signal: AbortSignal, timeoutMs: number) {
  return {
    problem: signal.aborted
      ? `${host} did not answer within ${timeoutMs / 1000} s.`
      : `${host} cannot be asked (${error.message}).`,
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/

function readCertificate(text: string, host: string, nowMs: number): FetchedCertificate {
  const pem = CERTIFICATE.exec(text)?.[0]
  const certificate = pem === undefined ? null : parse(pem)
  if (pem === undefined || !certificate) return { problem: `${host} sent no certificate.` }
  const fromMs = Date.parse(certificate.validFrom)
  const validToMs = Date.parse(certificate.validTo)
  if (!(fromMs <= nowMs)) {
    return { problem: `The certificate of ${host} is valid only from ${certificate.validFrom}.` }
  }
  if (!(nowMs <= validToMs)) {
    return { problem: `The certificate of ${host} ended on ${certificate.validTo}.` }
  }
  return { pem: `${pem}\n`, validToMs }
}

/** node:crypto throws for what is no certificate. */
function parse(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}
