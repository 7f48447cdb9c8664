import net from 'node:net'
import type { AddressInfo } from 'node:net'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'

/** What a raw TCP server saw of each connection, byte for byte. */
export interface TcpSink {
  port: number
  url: string
  /** One entry per connection. */
  received: Buffer[]
  remotePorts: number[]
  close(): Promise<void>
}

/** `answer` runs when the head has come whole; it gets the socket and does what it likes. */
export async function openTcpSink(
  answer: (socket: net.Socket) => void,
  host = '127.0.0.1',
): Promise<TcpSink> {
  const received: Buffer[] = []
  const remotePorts: number[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    const index = received.push(Buffer.alloc(0)) - 1
    remotePorts.push(socket.remotePort ?? 0)
    let answered = false
    socket.on('data', (chunk: Buffer) => {
      const all = Buffer.concat([received[index] ?? Buffer.alloc(0), chunk])
      received[index] = all
      if (answered || !all.includes('\r\n\r\n')) return
      answered = true
      answer(socket)
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(server, host)
  return {
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    received,
    remotePorts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Listens on any free port. */
export function listen(server: net.Server, host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, () => {
      const address = server.address()
      if (isAddress(address)) resolve(address.port)
    })
  })
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

export function outgoing(url: string, more: Partial<OutgoingRequest> = {}): OutgoingRequest {
  return {
    url,
    method: 'POST',
    target: '/hook',
    httpVersion: '1.1',
    rawHeaders: [['Host', 'h']],
    body: Buffer.alloc(0),
    ...more,
  }
}
