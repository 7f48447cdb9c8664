/** What stopped a request, for a sentence. */
export interface SendFailure {
  /** Node's code such as `ECONNREFUSED`, or `TIMEOUT`, `ABORTED`, `INCOMPLETE`. */
  code: string
  /** Where it went: scheme, host and port. */
  origin: string
  hostname: string
  timeoutMs: number
  /** An answer had begun. */
  answering: boolean
  /** Node's own words, for what has no sentence here. */
  detail: string
}

const certificateCodes: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'a certificate in its chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is not known',
  UNABLE_TO_GET_ISSUER_CERT: 'its issuer is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is not known',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it belongs to another name',
}

const plainCodes: Readonly<Record<string, (failure: SendFailure) => string>> = {
  ECONNREFUSED: ({ origin }) => `Nothing listens at ${origin} (connection refused).`,
  ENOTFOUND: ({ hostname }) => `There is no host named ${hostname}.`,
  EAI_AGAIN: ({ hostname }) =>
    `The name ${hostname} could not be looked up (no name server answers).`,
  EHOSTUNREACH: ({ origin }) => `${origin} cannot be reached from here (no route to the host).`,
  ENETUNREACH: ({ origin }) => `${origin} cannot be reached from here (no network).`,
  EADDRNOTAVAIL: ({ origin }) => `${origin} cannot be reached from here (no such address).`,
  EACCES: ({ origin }) => `The system does not allow a connection to ${origin}.`,
  ETIMEDOUT: ({ origin }) => `${origin} does not answer (the connection timed out).`,
  ABORTED: () => 'The request was cancelled.',
  INCOMPLETE: ({ origin }) => `${origin} stopped in the middle of its answer.`,
  HPE_HEADER_OVERFLOW: ({ origin }) => `The headers of the answer from ${origin} are too large.`,
}

/** One sentence that says what happened, with the target named. */
export function sendErrorSentence(failure: SendFailure): string {
  const { code, origin } = failure
  const plain = Object.hasOwn(plainCodes, code) ? plainCodes[code] : undefined
  if (plain) return plain(failure)
  if (code === 'TIMEOUT') return timeoutSentence(failure)
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ECONNABORTED') {
    return failure.answering
      ? `${origin} stopped in the middle of its answer.`
      : `${origin} closed the connection without an answer.`
  }
  const certificate = Object.hasOwn(certificateCodes, code) ? certificateCodes[code] : undefined
  if (certificate !== undefined) {
    return `The TLS certificate of ${origin} is not accepted: ${certificate}.`
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return `${origin} does not speak TLS as expected; if it is a plain server, use http://.`
  }
  if (code.startsWith('HPE_')) return `What ${origin} answered is not HTTP (${failure.detail}).`
  return `The request to ${origin} failed (${failure.detail}).`
}

function timeoutSentence({ origin, timeoutMs, answering }: SendFailure): string {
  const seconds = `${Number((timeoutMs / 1000).toFixed(1))} s`
  return answering
    ? `The answer from ${origin} was not complete within ${seconds}.`
    : `${origin} did not answer within ${seconds}.`
}
