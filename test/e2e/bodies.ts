/** Bodies of every kind that has a view of its own. */
import { deflateSync, crc32 } from 'node:zlib'

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG of one colour, as small as they come. */
export function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 3, 0x66)])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))
  const mark = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  return Buffer.concat([
    mark,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export interface Part {
  head: string
  body: string | Uint8Array
}

/** A multipart body of parts with their heads. */
export function multipart(boundary: string, parts: readonly Part[]): Buffer {
  const pieces = parts.flatMap(({ head, body }) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])
}

function record(index: number): string {
  return `{"id":"rec_${index}","amount":12345678901234567890.${index},"name":"Ada ${index}","tags":["a","b"],"open":true}`
}

/** JSON of about so many bytes, with long numbers, a list of records each like the others. */
export function longJson(byteLength: number): string {
  const parts: string[] = []
  let length = 0
  for (let index = 0; length < byteLength - 200; index += 1) {
    const part = record(index)
    parts.push(part)
    length += part.length + 1
  }
  return `{"kind":"long","items":[${parts.join(',')}],"needle":"the last of it"}`
}
