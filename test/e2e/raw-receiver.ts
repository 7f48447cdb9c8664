import { createServer, type Socket } from 'node:net'

/** A server that takes bytes as they come and parses nothing but where a request ends. */
export interface RawReceiver {
  readonly url: string
  /** Every request as it stood on the wire, head and body apart. */
  readonly requests: { head: string; body: Buffer }[]
  close(): Promise<void>
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** The body's length as the head says it; without: nothing. */
function lengthOf(head: string): number {
  return Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0)
}

/**
 * Answers each request with `answer(how many came before it)`: a status line's number, and closes
 * the connection. `delayMs` holds each answer back.
 */
export async function rawReceiver(
  answer: (at: number) => number = () => 204,
  delayMs = 0,
): Promise<RawReceiver> {
  const requests: RawReceiver['requests'] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    let bytes = Buffer.alloc(0)
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', (more) => {
      bytes = Buffer.concat([bytes, more])
      const end = bytes.indexOf(END_OF_HEAD)
      if (end < 0) return
      const head = bytes.subarray(0, end).toString('latin1')
      const body = bytes.subarray(end + END_OF_HEAD.length)
      if (body.length < lengthOf(head)) return
      const status = answer(requests.length)
      requests.push({ head, body })
      bytes = Buffer.alloc(0)
      setTimeout(() => {
        socket.end(`HTTP/1.1 ${status} Said\r\nX-Raw: yes\r\nContent-Length: 0\r\n\r\n`)
      }, delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return {
    url: `http://127.0.0.1:${address.port}/raw`,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
