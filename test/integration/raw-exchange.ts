import { connect } from 'node:net'
import type { RawHeader } from '#contract/http.ts'

/** A request, header by header as given. */
export interface Sent {
  method: string
  target: string
  headers: readonly RawHeader[]
  body: string | Uint8Array
}
export interface Heard {
  status: number
  headers: Record<string, string>
  body: string
}

/** Bytes over a socket and back, until the listener closes it. */
export function exchangeWith(url: string, { method, target, headers, body }: Sent): Promise<Heard> {
  const bytes = Buffer.from(body)
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(bytes.length > 0 ? [`Content-Length: ${bytes.length}`] : []),
    'Connection: close',
  ]
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.setTimeout(10_000, () => socket.destroy(new Error('No answer came.')))
    socket.on('error', reject)
    socket.on('data', (part) => parts.push(part))
    socket.on('end', () => resolve(parsed(Buffer.concat(parts).toString())))
    socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]))
  })
}

function parsed(text: string): Heard {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines.map((line) => {
    const at = line.indexOf(': ')
    return [line.slice(0, at).toLowerCase(), line.slice(at + 2)]
  })
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: text.slice(end + 4),
  }
}
