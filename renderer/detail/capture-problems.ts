import type { CaptureProblem } from '#contract/delivery.ts'

/** What went wrong on the wire, in a sentence each. */
export const captureProblems: Record<CaptureProblem, string> = {
  'body-too-large': 'The body is over the limit; what came before that is kept.',
  'sender-gone': 'The sender closed the connection before the request was whole.',
  'idle-timeout': 'The sender stopped sending; the connection was closed after waiting.',
  'malformed-http': 'This is not HTTP; its first bytes are kept.',
  'tls-hello': 'The sender spoke TLS to a plain HTTP port. Use http:// in the URL, or a tunnel.',
  'plain-on-tls': 'The sender spoke plain HTTP to the HTTPS port. Use https:// in its URL.',
  'client-certificate': 'The sender was refused for its client certificate; what it sent is kept.',
  'headers-too-large': 'The headers are over 64 KiB.',
  'missing-host': 'The request has no Host header.',
  'unknown-expect': 'The request expects something that no server here offers.',
  connect: 'A CONNECT request: the sender took this for a proxy.',
  upgrade: 'The sender asked to change the protocol.',
}
