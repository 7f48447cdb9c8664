import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { Webhook } from 'svix'

export const BODY_BYTES = 1024

function body(index: number): string {
  const head = `{"type":"invoice.paid","data":{"number":"${String(index).padStart(9, '0')}","note":"`
  const tail = '"}}'
  return head + 'x'.repeat(BODY_BYTES - head.length - tail.length) + tail
}

/**
 * Writes `count` requests of one length, each with its own message id and a valid Svix signature
 * made by Svix's own package; returns that length in bytes.
 */
export function writeSignedRequests(
  file: string,
  { count, path, secret }: { count: number; path: string; secret: string },
): number {
  const webhook = new Webhook(secret)
  const now = new Date()
  const prefix = randomBytes(6).toString('hex')
  const requests: string[] = []
  for (let index = 0; index < count; index++) {
    const id = `msg_${prefix}${String(index).padStart(9, '0')}`
    const text = body(index)
    requests.push(
      [
        `POST ${path} HTTP/1.1`,
        'Host: 127.0.0.1',
        'Content-Type: application/json',
        `svix-id: ${id}`,
        `svix-timestamp: ${Math.floor(now.getTime() / 1000)}`,
        `svix-signature: ${webhook.sign(id, now, text)}`,
        `Content-Length: ${BODY_BYTES}`,
        '',
        text,
      ].join('\r\n'),
    )
  }
  const length = Buffer.byteLength(requests[0] ?? '')
  if (requests.some((request) => Buffer.byteLength(request) !== length)) {
    throw new Error('The requests must all have one length, for the generator reads by position.')
  }
  writeFileSync(file, requests.join(''))
  return length
}
