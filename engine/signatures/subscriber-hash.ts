import { createHmac } from 'node:crypto'
import { equalText } from './running.ts'

/**
 * The subscriber hash of Novu's Inbox: HMAC-SHA256 (hex) of the subscriber id with the secret key.
 * Source: Novu's Inbox security page.
 */
export function subscriberHash(secret: string, subscriberId: string): string {
  return createHmac('sha256', secret).update(subscriberId).digest('hex')
}

/** Whether a hash is the one of this subscriber; takes the same time wherever they differ. */
export function subscriberHashMatches(secret: string, subscriberId: string, hash: string): boolean {
  return equalText(hash, subscriberHash(secret, subscriberId))
}
