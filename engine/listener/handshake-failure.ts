import type { CaptureOptions } from './capture-server.ts'
import type { Peer } from './request-head.ts'

const TELL_EVERY_MS = 1000

/** Tells of handshakes that failed: otherwise a sender that does not trust us leaves no trace. */
export function handshakeFailure({ onProblem, onSettled }: HandshakeEvents): {
  failed: (address: string | null, error: Error) => void
  shaken: (peer: Peer) => void
} {
  let from: string | null = null
  let toldAtMs = Number.NEGATIVE_INFINITY
  return {
    failed(address, error) {
      const why = reasonOf(error)
      if (why === null || performance.now() - toldAtMs < TELL_EVERY_MS) return
      toldAtMs = performance.now()
      from = address
      onProblem({
        code: 'tls-handshake-failed',
        sentence: `A sender${address === null ? '' : ` at ${address}`} ended the TLS handshake, so nothing of it could be recorded: ${why}`,
      })
    },
    shaken({ address }) {
      if (from !== null && address !== from) return
      from = null
      onSettled?.('tls-handshake-failed')
    },
  }
}

type HandshakeEvents = Pick<CaptureOptions, 'onProblem' | 'onSettled'>

/** `null`: somebody came and went, such as a port scan; there is nothing to do about that. */
function reasonOf(error: Error): string | null {
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ECONNRESET' || code === 'EPIPE') return null
  if (/UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE/i.test(code)) {
    return 'it does not trust our certificate. Let it trust the certificate’s authority (Settings, HTTPS; countersign ca trust).'
  }
  if (/CERTIFICATE_EXPIRED/i.test(code)) return 'our certificate has ended. Renew it.'
  if (/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW/i.test(code)) {
    return 'it speaks only versions of TLS before 1.2.'
  }
  if (/NO_SHARED_CIPHER|HANDSHAKE_FAILURE/i.test(code)) {
    return 'it shares no cipher with us that fits our certificate.'
  }
  return `${error.message}.`
}
