import type { RawHeader } from '#contract/http.ts'
import type { Sample } from '#contract/scheme-parts.ts'
import type { Scheme } from '#contract/scheme.ts'

const plain: Sample = {
  method: 'POST',
  targetSuffix: '',
  headers: [
    ['Content-Type', 'application/json'],
    ['User-Agent', 'countersign-test'],
  ],
  body: {
    event: 'test.sent',
    message: 'This test webhook came from Countersign itself.',
    sentBy: 'countersign',
  },
}

export interface SampleRequest {
  method: string
  /** Appended to the path, such as `?action=execute&…`; empty for most. */
  targetSuffix: string
  rawHeaders: RawHeader[]
  /** Compact JSON, or a form. */
  body: Uint8Array
}

/** An unsigned request as the provider would send it; a plain JSON webhook without a scheme. */
export function sampleRequest(scheme: Scheme | null): SampleRequest {
  const { method, targetSuffix, headers, body } = scheme?.sample ?? plain
  return {
    method,
    targetSuffix,
    rawHeaders: headers.map(([name, value]) => [name, value]),
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  }
}
