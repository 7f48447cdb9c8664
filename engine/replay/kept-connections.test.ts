import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { KeptConnections } from './kept-connections.ts'
import { send } from './send.ts'

const servers: http.Server[] = []
const kept = new KeptConnections()
afterEach(() => {
  kept.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function target(answer: http.RequestListener) {
  const ports: number[] = []
  const server = http.createServer((request, response) => {
    ports.push(request.socket.remotePort ?? 0)
    answer(request.resume(), response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const post = (httpVersion: '1.0' | '1.1' = '1.1') =>
    send(
      {
        ...{ url: `http://127.0.0.1:${port}/`, method: 'POST', target: '/', httpVersion },
        rawHeaders: [
          ['Host', 'a'],
          ['Content-Length', '2'],
        ],
        body: Buffer.from('ab'),
      },
      { timeoutMs: 5_000, connections: kept },
    )
  const statuses = async (count: number) => {
    const found: unknown[] = []
    for (let nth = 0; nth < count; nth++) {
      const outcome = await post()
      found.push('answer' in outcome ? outcome.answer.bodyBytes.toString() : outcome.code)
    }
    return found
  }
  return { ports, post, statuses, server }
}

const different = (ports: readonly number[]) => new Set(ports).size

describe('kept connections', () => {
  it('carry one request after the other, each with its own answer', async () => {
    let count = 0
    const { ports, statuses } = await target((_request, response) => {
      count += 1
      // One with a length, one in chunks.
      if (count % 2) response.end(`${count}`)
      else response.write(`${count}`, () => response.end())
    })
    expect(await statuses(6)).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(different(ports)).toBe(1)
  })

  it('are not kept when the answer, or the version of the request, says otherwise', async () => {
    const closing = await target((_request, response) => {
      response.setHeader('Connection', 'close').end('x')
    })
    await closing.statuses(3)
    expect(different(closing.ports)).toBe(3)
    const plain = await target((_request, response) => response.end('x'))
    await plain.post('1.0')
    await plain.post('1.0')
    expect(different(plain.ports)).toBe(2)
  })

  it('are not kept after an answer that came before its request was read', async () => {
    const early = await target((_request, response) => {
      response.writeHead(413, { Connection: 'close' }).end()
    })
    await early.statuses(2)
    expect(different(early.ports)).toBe(2)
  })

  it('are let go when the target closes them, and soon in any case', async () => {
    const { ports, statuses, server } = await target((_request, response) => response.end('x'))
    await statuses(1)
    server.closeIdleConnections()
    await wait(50)
    expect(await statuses(1)).toEqual(['x'])
    expect(different(ports)).toBe(2)
    await wait(700)
    const open = await new Promise((resolve) =>
      server.getConnections((_error, count) => resolve(count)),
    )
    expect(open).toBe(0)
  })
})
