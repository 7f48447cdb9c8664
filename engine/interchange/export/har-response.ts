import { STATUS_CODES } from 'node:http'
import type { Delivery } from '#contract/delivery.ts'

/** What we answered as HAR's `response`; status 0, as browsers write it, where nothing was. */
export function harResponse({ answer }: Delivery) {
  const rawHeaders = answer?.rawHeaders ?? []
  const text = answer?.bodyText ?? ''
  const value = (lowerName: string) =>
    rawHeaders.find(([name]) => name.toLowerCase() === lowerName)?.[1] ?? ''
  return {
    status: answer?.status ?? 0,
    statusText: STATUS_CODES[answer?.status ?? 0] ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: rawHeaders.map(([name, each]) => ({ name, value: each })),
    content: {
      size: Buffer.byteLength(text),
      mimeType: value('content-type'),
      ...(text === '' ? {} : { text }),
    },
    redirectURL: value('location'),
    headersSize: -1,
    bodySize: Buffer.byteLength(text),
  }
}
