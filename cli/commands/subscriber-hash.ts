import type { Context } from '#cli/context.ts'
import { runtimeFailure, usageFailure } from '#cli/failure.ts'
import { readSecrets, type SecretSource } from '#cli/secret-sources.ts'
import { subscriberHash, subscriberHashMatches } from '#engine/signatures/subscriber-hash.ts'

/**
 * `countersign subscriber-hash ID (--secret-env VAR | --secret-stdin) [--check HASH] [--json]`:
 * the HMAC that Novu's Inbox asks for; with `--check` exit 0 when the hash is right, else 1.
 */
export async function printSubscriberHash(
  context: Context,
  subscriberId: string,
  options: { secretSources: readonly SecretSource[]; check?: string; json?: boolean },
): Promise<void> {
  const [secret, ...more] = await readSecrets(options.secretSources, context.env, context.stdin)
  if (secret === undefined || more.length > 0) {
    throw usageFailure('Give one secret: --secret-env VAR or --secret-stdin.')
  }
  const hash = subscriberHash(secret.text, subscriberId)
  const matches =
    options.check === undefined
      ? null
      : subscriberHashMatches(secret.text, subscriberId, options.check)
  if (options.json) context.output.json({ subscriberId, hash, matches })
  else if (matches === null) context.output.line(hash)
  else if (matches) context.output.line('The hash is right.')
  if (matches === false) {
    throw runtimeFailure(
      'The hash is not the one of this subscriber and secret. Check the subscriber id (case and blanks count) and the secret.',
    )
  }
}
