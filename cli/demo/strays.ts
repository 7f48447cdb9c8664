import { gzipSync } from 'node:zlib'
import type { RawHeader } from '#contract/http.ts'
import type { CapturedRequest } from '#engine/listener/types.ts'
import { contentLength, requestBody } from './requests.ts'

interface Stray {
  method: string
  target: string
  headers: RawHeader[]
  body: Buffer
}

/** A green square of 8 × 8. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQMAAAD+wSzIAAAAA1BMVEUeoUaZYdqtAAAAC0lEQVR4nGNgQAUAABAAATm9j2UAAAAASUVORK5CYII=',
  'base64',
)

const json: RawHeader = ['Content-Type', 'application/json']
const curl: RawHeader = ['User-Agent', 'curl/8.14.1']

function multipart(boundary: string): Buffer {
  const line = `--${boundary}\r\nContent-Disposition: form-data; name=`
  return Buffer.concat([
    Buffer.from(`${line}"from"\r\n\r\nAda Example <ada@example.test>\r\n`),
    Buffer.from(`${line}"subject"\r\n\r\nRe: Your parcel\r\n`),
    Buffer.from(`${line}"attachment1"; filename="square.png"\r\nContent-Type: image/png\r\n\r\n`),
    PNG,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
}

/** What comes to paths that no endpoint has: tries by hand, other formats, and passers-by. */
const strays: readonly Stray[] = [
  {
    method: 'POST',
    target: '/',
    headers: [curl, ['Accept', '*/*'], json],
    body: Buffer.from('{"type":"hello.world"}'),
  },
  {
    method: 'GET',
    target: '/wp-login.php',
    headers: [['User-Agent', 'Mozilla/5.0 zgrab/0.x']],
    body: Buffer.alloc(0),
  },
  {
    method: 'POST',
    target: '/soap/orders',
    headers: [['Content-Type', 'text/xml; charset=utf-8']],
    body: Buffer.from(
      '<?xml version="1.0"?>\n<order id="1042"><customer vip="true">Ada &amp; Co</customer><total currency="EUR">42.00</total></order>\n',
    ),
  },
  {
    method: 'POST',
    target: '/inbound/mail',
    headers: [['Content-Type', 'multipart/form-data; boundary=demo-boundary']],
    body: multipart('demo-boundary'),
  },
  {
    method: 'PUT',
    target: '/upload/square.png',
    headers: [['Content-Type', 'image/png']],
    body: PNG,
  },
  {
    method: 'POST',
    target: '/analytics',
    headers: [json, ['Content-Encoding', 'gzip']],
    body: gzipSync(
      JSON.stringify({
        batch: Array.from({ length: 40 }, (_, index) => ({ event: 'page.viewed', index })),
      }),
    ),
  },
]

/** Spread evenly over the time span, oldest first. */
export function strayRequests(nowMs: number, spanMs: number): CapturedRequest[] {
  return strays.map(({ method, target, headers, body }, index) => {
    const receivedAtMs = Math.round(nowMs - spanMs * (0.9 - 0.14 * index))
    const length = body.length > 0 ? [contentLength(body.length)] : []
    return {
      head: {
        receivedAtMs,
        remoteAddress: '127.0.0.1',
        remotePort: 40_000 + index,
        httpVersion: '1.1',
        method,
        target,
        rawHeaders: [['Host', 'hooks.example.test'], ...headers, ...length],
      },
      completedAtMs: receivedAtMs + 1,
      ...requestBody(body),
      problem: null,
      problemDetail: null,
      requiredStatus: null,
    }
  })
}
