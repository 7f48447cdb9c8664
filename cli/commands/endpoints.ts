import type { Endpoint } from '#contract/endpoint.ts'
import type { ApiClient } from '#contract/client.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure, usageFailure } from '#cli/failure.ts'
import { readSecrets, type SecretSource } from '#cli/secret-sources.ts'
import { withSession } from '#cli/session.ts'

/** `countersign endpoints add NAME --path /p --scheme ID (--secret-env VAR | --secret-stdin)…` */
export async function addEndpoint(
  context: Context,
  name: string,
  options: CommonOptions & {
    path: string
    scheme?: string
    secretSources: readonly SecretSource[]
    json?: boolean
  },
): Promise<void> {
  const secrets = await readSecrets(options.secretSources, context.env, context.stdin)
  await withSession(options.dataDir, async (client) => {
    const schemeId = options.scheme ?? null
    if (schemeId !== null) await requireScheme(client, schemeId)
    const endpoint = await client.endpoints.create({ name, path: options.path, schemeId, secrets })
    if (options.json) context.output.json(endpointJson(endpoint))
    else context.output.line(`Added ${endpointLine(endpoint)}`)
    for (const secret of endpoint.secrets) {
      if (secret.problem !== null) context.output.note(`${secret.name}: ${secret.problem}`)
    }
  })
}

async function requireScheme(client: ApiClient, schemeId: string): Promise<void> {
  const known = (await client.schemes.list()).map(({ id }) => id)
  if (known.includes(schemeId)) return
  throw usageFailure(
    `There is no scheme “${escapeTerminal(schemeId)}”. There are: ${known.join(', ')}.`,
  )
}

/** `countersign endpoints list [--json]`: with `--json` one object per line. */
export async function listEndpoints(
  context: Context,
  options: CommonOptions & { json?: boolean },
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const endpoints = await client.endpoints.list()
    for (const endpoint of endpoints) {
      if (options.json) context.output.json(endpointJson(endpoint))
      else context.output.line(endpointLine(endpoint))
    }
    if (endpoints.length === 0 && !options.json) {
      context.output.note(
        'There are no endpoints yet. Add one with “countersign endpoints add NAME --path /p --scheme ID --secret-env VAR”.',
      )
    }
  })
}

/** `countersign endpoints remove NAME`; an id does as well. Its deliveries stay. */
export async function removeEndpoint(
  context: Context,
  nameOrId: string,
  options: CommonOptions,
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const endpoint = await findEndpoint(client, nameOrId)
    await client.endpoints.remove({ id: endpoint.id })
    context.output.line(`Removed ${escapeTerminal(endpoint.name)}. Its deliveries stay.`)
  })
}

/** The endpoint of that name, else of that id. */
export async function findEndpoint(client: ApiClient, nameOrId: string): Promise<Endpoint> {
  const endpoints = await client.endpoints.list()
  const found =
    endpoints.find(({ name }) => name === nameOrId) ??
    endpoints.find(({ id }) => String(id) === nameOrId)
  if (found !== undefined) return found
  const names = endpoints.map(({ name }) => escapeTerminal(name)).join(', ') || 'none yet'
  throw runtimeFailure(`There is no endpoint “${escapeTerminal(nameOrId)}”. There are: ${names}.`)
}

/** An endpoint in `--json` output. */
export function endpointJson(endpoint: Endpoint) {
  return {
    id: endpoint.id,
    name: endpoint.name,
    path: endpoint.path,
    scheme: endpoint.schemeId,
    tolerance: endpoint.tolerance,
    secrets: endpoint.secrets.map(({ id, name, state, problem }) => ({ id, name, state, problem })),
    createdAtMs: endpoint.createdAtMs,
  }
}

/** An endpoint as one line for people. */
export function endpointLine(endpoint: Endpoint): string {
  const count = endpoint.secrets.length
  return [
    escapeTerminal(endpoint.name).padEnd(16),
    escapeTerminal(endpoint.path).padEnd(24),
    (endpoint.schemeId ?? 'no scheme').padEnd(18),
    count === 1 ? '1 secret' : `${count} secrets`,
  ].join('  ')
}
