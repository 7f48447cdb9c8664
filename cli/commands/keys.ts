import type { CommonOptions, Context } from '#cli/context.ts'
import { runtimeFailure } from '#cli/failure.ts'
import { schemeNamed } from '#cli/scheme-named.ts'
import { withSession } from '#cli/session.ts'
import { makeTestKeyPair } from '#engine/signatures/test-key-pair.ts'
import { findEndpoint } from './endpoints.ts'

interface KeysOptions extends CommonOptions {
  scheme: string
  endpoint?: string
  json?: boolean
}

/**
 * `countersign keys make --scheme ID [--endpoint NAME]`: a key pair for tests. With an endpoint the
 * private half becomes a secret of it and only the public half is printed.
 */
export async function makeKeys(context: Context, options: KeysOptions): Promise<void> {
  const { endpoint } = options
  if (endpoint !== undefined) return storeKeys(context, { ...options, endpoint })
  const pair = await makeTestKeyPair(await schemeNamed(context, options))
  if (!pair) {
    throw runtimeFailure(
      `“${options.scheme}” signs with a shared secret, so there is no key pair to make. Any text does as its secret.`,
    )
  }
  if (options.json) return context.output.json(pair)
  context.output.note('Public key, for the receiver; private key, to sign with:')
  context.output.line(pair.publicKeyText.trim())
  context.output.line(pair.privateKeyText.trim())
}

async function storeKeys(
  context: Context,
  options: KeysOptions & { endpoint: string },
): Promise<void> {
  const { id: schemeId } = await schemeNamed(context, options)
  await withSession(options.dataDir, async (client) => {
    const endpoint = await findEndpoint(client, options.endpoint)
    const made = await client.tools.makeKeyPair({ schemeId, endpointId: endpoint.id })
    const secret = made.stored?.name ?? ''
    if (options.json) {
      return context.output.json({
        publicKeyText: made.publicKeyText,
        endpoint: endpoint.name,
        secret,
      })
    }
    context.output.note(`The private half is the secret “${secret}” of ${endpoint.name}.`)
    context.output.line(made.publicKeyText.trim())
  })
}
