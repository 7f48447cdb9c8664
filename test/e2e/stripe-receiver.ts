import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Stripe } from 'stripe'

/** A handler that verifies with Stripe's own package, as its documentation shows. */
export interface StripeReceiver {
  url: string
  calls: { body: Buffer; accepted: boolean }[]
  close(): Promise<void>
}

export async function stripeReceiver(secret: string): Promise<StripeReceiver> {
  const { webhooks } = new Stripe('sk_test_none')
  const calls: StripeReceiver['calls'] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    const body = Buffer.concat(parts)
    const accepted = verifies(webhooks, body, request.headers['stripe-signature'], secret)
    calls.push({ body, accepted })
    response.writeHead(accepted ? 200 : 400).end()
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return {
    url: `http://127.0.0.1:${address.port}/stripe`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function verifies(
  webhooks: Stripe['webhooks'],
  body: Buffer,
  signature: string | string[] | undefined,
  secret: string,
): boolean {
  try {
    webhooks.constructEvent(body, signature ?? '', secret)
    return true
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}
