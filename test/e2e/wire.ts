import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Sends one request as given; `headers` is the flat list of names and values of node:http. */
export function call(
  url: string,
  options: {
    method?: string
    headers?: readonly string[]
    body?: string | Uint8Array
    agent?: Agent
  } = {},
): Promise<Answer> {
  const { method = 'GET', headers = [], body, agent } = options
  return new Promise((resolve, reject) => {
    const target = new URL(url)
    const own = headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'host')
    const framing = body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))]
    const out = request(url, {
      method,
      headers: [...(own ? [] : ['Host', target.host]), ...headers, ...framing],
      ...(agent === undefined ? {} : { agent }),
    })
    out.on('error', reject)
    out.on('response', (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => parts.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(parts).toString(),
        }),
      )
    })
    out.end(body)
  })
}

/** Posts a delivery and expects its 200. */
export async function deliver(
  url: string,
  body: string | Uint8Array,
  headers: readonly string[] = [],
): Promise<void> {
  const { status } = await call(url, { method: 'POST', headers, body })
  if (status !== 200) throw new Error(`The listener answered ${status}.`)
}

/** Writes bytes on a socket and gives what comes back until it ends. */
export function writeRaw(url: string, bytes: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let answer = ''
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

/** Posts one small delivery to each URL over a few connections that are kept open. */
export async function deliverMany(urls: Iterable<string>): Promise<void> {
  const connections = 16
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const queue = urls[Symbol.iterator]()
  const work = async () => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      const { status } = await call(next.value, { method: 'POST', body: 'x', agent })
      if (status !== 200) throw new Error(`The listener answered ${status}.`)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  agent.destroy()
}

/** Posts one small delivery after another so often, as far as the machine allows. */
export async function deliverAtRate(
  url: string,
  { perSecond, forMs }: { perSecond: number; forMs: number },
): Promise<{ count: number; tookMs: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const total = Math.round((perSecond * forMs) / 1000)
  const startedMs = performance.now()
  const going = new Set<Promise<unknown>>()
  let count = 0
  while (count < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - startedMs) / 1000) * perSecond))
    for (; count < due && going.size < 256; count += 1) {
      const one = call(url, { method: 'POST', body: 'x', agent }).finally(() => going.delete(one))
      going.add(one)
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await Promise.all(going)
  agent.destroy()
  return { count, tookMs: performance.now() - startedMs }
}
