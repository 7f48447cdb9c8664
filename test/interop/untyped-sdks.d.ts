/** What is used of packages that bring no types of their own. */
declare module 'coinbase-commerce-node' {
  const coinbase: {
    Webhook: { verifyEventBody(body: string, signature: string, secret: string): unknown }
  }
  export default coinbase
}

declare module 'sns-validator' {
  export default class MessageValidator {
    validate(message: string, callback: (error: Error | null) => void): void
  }
}

declare module 'messagebird/lib/webhook-signature-jwt.js' {
  import type { KeyObject } from 'node:crypto'
  /** Rejects what it refuses. */
  export function verify(url: string, payload: Buffer, token: string, key: KeyObject): Promise<true>
}

declare module 'braintree' {
  interface Notification {
    bt_signature: string
    bt_payload: string
  }
  class BraintreeGateway {
    constructor(config: {
      environment: unknown
      merchantId: string
      publicKey: string
      privateKey: string
    })
    webhookTesting: { sampleNotification(kind: string, id: string): Notification }
    webhookNotification: {
      parse(signature: string, payload: string): Promise<unknown>
      verify(challenge: string): string
    }
  }
  const braintree: {
    BraintreeGateway: typeof BraintreeGateway
    Environment: { Sandbox: unknown }
  }
  export default braintree
}
