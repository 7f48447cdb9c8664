import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { Webhook } from 'svix'

export const BODY_BYTES = 1024

function body(index: number, bytes: number): string {
  const head = `{"type":"invoice.paid","data":{"number":"${String(index).padStart(9, '0')}","note":"`
  const tail = '"}}'
  return head + 'x'.repeat(bytes - head.length - tail.length) + tail
}

/**
 * Writes `count` requests of one length, each with its own message id and a valid Svix signature
 * made by Svix's own package; returns that length in bytes.
 */
export function writeSignedRequests(
  file: string,
  {
    count,
    path,
    secret,
    bodyBytes = BODY_BYTES,
  }: { count: number; path: string; secret: string; bodyBytes?: number | undefined },
): number {
  const webhook = new Webhook(secret)
  const now = new Date()
  const prefix = randomBytes(6).toString('hex')
  const out = openSync(file, 'w')
  let length = 0
  for (let index = 0; index < count; index++) {
    const id = `msg_${prefix}${String(index).padStart(9, '0')}`
    const text = body(index, bodyBytes)
    const request = [
      `POST ${path} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Content-Type: application/json',
      `svix-id: ${id}`,
      `svix-timestamp: ${Math.floor(now.getTime() / 1000)}`,
      `svix-signature: ${webhook.sign(id, now, text)}`,
      `Content-Length: ${bodyBytes}`,
      '',
      text,
    ].join('\r\n')
    const written = writeSync(out, request)
    if (index > 0 && written !== length) {
      throw new Error('The requests must all have one length, for the generator reads by position.')
    }
    length = written
  }
  closeSync(out)
  return length
}
