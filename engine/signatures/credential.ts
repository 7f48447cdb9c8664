import type { Scheme } from '#contract/scheme.ts'
import { firstDifference } from './running.ts'

/** What is shown of a credential that came with a request. */
export const MASKED = '••••••••'

/**
 * All that is told of a credential beside whether it is right: where it first differs from the
 * secret, and both lengths. Of Basic auth (RFC 7617) `user:password` is compared, not its base64.
 */
export function measureCredential(
  { algorithm }: Pick<Scheme, 'algorithm'>,
  received: string,
  secret: string,
): { differsAt: number; lengths: { received: number; expected: number } } {
  const text = algorithm === 'basic-auth' ? Buffer.from(received, 'base64').toString() : received
  return {
    differsAt: firstDifference(text, secret),
    lengths: { received: text.length, expected: secret.length },
  }
}
