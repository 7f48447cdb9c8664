import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Webhook } from 'svix'
import { novuReceiver } from '#test/conformance/novu-receiver.ts'

/** A webhook handler as a person has one, that verifies with the provider's SDK. */
export interface Receiver {
  url: string
  /** What came, in order, each with the SDK's judgement. */
  calls: { headers: string[]; body: Buffer; accepted: boolean }[]
  close(): Promise<void>
}

interface Judgement {
  accepted: boolean
  status: number
  body: string
}

async function serve(
  judge: (request: IncomingMessage, body: Buffer) => Promise<Judgement> | Judgement,
): Promise<Receiver> {
  const calls: Receiver['calls'] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    const body = Buffer.concat(parts)
    const { accepted, status, body: text } = await judge(request, body)
    calls.push({ headers: request.rawHeaders, body, accepted })
    response.writeHead(status, { 'Content-Type': 'application/json', 'X-Handler': 'mine' })
    response.end(text)
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function textOf(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join(', ') : (value ?? '')
}

/** Verifies with `svix`: 204-like JSON for what it accepts, 401 for what it refuses. */
export function svixReceiver(secret: string): Promise<Receiver> {
  return serve(({ headers }, body) => {
    const names = ['svix-id', 'svix-timestamp', 'svix-signature']
    try {
      const own = Object.fromEntries(names.map((name) => [name, textOf(headers[name])]))
      new Webhook(secret).verify(body.toString(), own)
      return { accepted: true, status: 202, body: '{"thanks":"svix accepted it"}' }
    } catch (error) {
      return { accepted: false, status: 401, body: JSON.stringify({ error: String(error) }) }
    }
  })
}

/** A Novu bridge with one workflow, served by `@novu/framework` with strict authentication. */
export async function novuBridge(secret: string): Promise<Receiver> {
  const receive = await novuReceiver(secret)
  return serve(async ({ method = '', url = '', headers }, body) => {
    const signature = textOf(headers['novu-signature']) || null
    const parsed: unknown = JSON.parse(body.toString())
    const { status, body: answer } = await receive({ method, target: url, signature, body: parsed })
    return { accepted: status === 200, status, body: JSON.stringify(answer) }
  })
}
