import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import { sha256 } from './ledger.ts'

/** A request as the target had it, whole. */
export interface Received {
  /** The path, query included. */
  target: string
  bodySha256: string
  /** Of `X-Torture`, which names what was sent. */
  name: string
  bodyByteLength: number
  headers: http.IncomingHttpHeaders
}

/** A server of ours that deliveries are sent to; it sometimes waits, fails or hangs up. */
export interface Target {
  url: string
  received: Received[]
  /** From now on everything is answered 200. */
  calm(): void
  close(): Promise<void>
}

export async function openTarget(chance: Chance): Promise<Target> {
  const received: Received[] = []
  let isCalm = false
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('error', () => response.destroy())
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts)
      const { url = '', headers } = request
      const name = String(headers['x-torture'] ?? '')
      const bodySha256 = sha256(body)
      received.push({ target: url, bodySha256, name, bodyByteLength: body.byteLength, headers })
      void answer(response, name)
    })
  })
  const answer = async (response: http.ServerResponse, name: string) => {
    const mood = isCalm ? 1 : chance.next()
    if (mood < 0.3) await sleep(chance.between(1, 40))
    if (mood < 0.02) response.destroy()
    else {
      response.statusCode = mood < 0.04 ? 500 : 200
      response.end(`the target has ${name}`)
    }
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    calm: () => {
      isCalm = true
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
