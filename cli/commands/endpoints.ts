import type { Endpoint, SchemeInfo } from '#contract/endpoint.ts'
import type { ApiClient } from '#contract/client.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { type ActingOptions, allowTargets, readActing } from '#cli/endpoint-acting.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure, usageFailure } from '#cli/failure.ts'
import { readSecrets, type SecretSource } from '#cli/secret-sources.ts'
import { exposedSetting, type GivenSettings, readSettings, settingsFromEnv } from '#cli/settings.ts'
import { withSession } from '#cli/session.ts'

/** `countersign endpoints add NAME --path /p --scheme ID (--secret-env VAR | --secret-stdin)…` */
export async function addEndpoint(
  context: Context,
  name: string,
  options: CommonOptions & {
    path: string
    scheme?: string
    secretSources: readonly SecretSource[]
    settings: GivenSettings
    settingsFromEnv: GivenSettings
    answerChallenges: boolean
    json?: boolean
  } & ActingOptions,
): Promise<void> {
  const fromEnv = settingsFromEnv(options.settingsFromEnv, context.env)
  const secrets = await readSecrets(options.secretSources, context.env, context.stdin)
  const acting = await readActing(context, options)
  await withSession(options.dataDir, async (client) => {
    await allowTargets(client, context, options)
    const scheme = options.scheme === undefined ? null : await findScheme(client, options.scheme)
    const exposed = exposedSetting(scheme, options.settings)
    if (exposed !== null) context.output.note(exposed)
    const endpoint = await client.endpoints.create({
      name,
      path: options.path,
      schemeId: scheme?.id ?? null,
      settings: readSettings(scheme, [...options.settings, ...fromEnv]),
      answerChallenges: options.answerChallenges,
      ...acting,
      secrets,
    })
    if (options.json) context.output.json(endpointJson(endpoint))
    else context.output.line(`Added ${endpointLine(endpoint)}`)
    for (const secret of endpoint.secrets) {
      if (secret.problem !== null)
        context.output.note(escapeTerminal(`${secret.name}: ${secret.problem}`))
    }
  })
}

async function findScheme(client: ApiClient, schemeId: string): Promise<SchemeInfo> {
  const schemes = await client.schemes.list()
  const found = schemes.find(({ id }) => id === schemeId)
  if (found !== undefined) return found
  const known = schemes.map(({ id }) => id).join(', ')
  throw usageFailure(`There is no scheme “${escapeTerminal(schemeId)}”. There are: ${known}.`)
}

/**
 * `countersign endpoints update NAME [--name N] [--path /p] [--scheme ID|none] [--setting N=V]…`:
 * what is not named stays as it is; an empty value takes a setting away.
 */
export async function updateEndpoint(
  context: Context,
  nameOrId: string,
  options: CommonOptions & {
    name?: string
    path?: string
    scheme?: string
    settings: GivenSettings
    settingsFromEnv: GivenSettings
    answerChallenges?: boolean
    json?: boolean
  } & ActingOptions,
): Promise<void> {
  const fromEnv = settingsFromEnv(options.settingsFromEnv, context.env)
  await withSession(options.dataDir, async (client) => {
    const old = await findEndpoint(client, nameOrId)
    const { name, path, answerChallenges } = options
    const schemeId = options.scheme ?? old.schemeId
    const scheme =
      schemeId === null || schemeId === 'none' ? null : await findScheme(client, schemeId)
    const exposed = exposedSetting(scheme, options.settings)
    if (exposed !== null) context.output.note(exposed)
    const given = [...options.settings, ...fromEnv]
    const acting = await readActing(context, options, old)
    await allowTargets(client, context, options)
    const sealed = Object.fromEntries(old.secretSettings.map((each) => [each, 'kept']))
    const settings = readSettings(scheme, given, { ...old.settings, ...sealed })
    const endpoint = await client.endpoints.update({
      id: old.id,
      ...(name === undefined ? {} : { name }),
      ...(path === undefined ? {} : { path }),
      ...(options.scheme === undefined ? {} : { schemeId: scheme?.id ?? null }),
      ...(given.length === 0 ? {} : { settings }),
      ...(answerChallenges === undefined ? {} : { answerChallenges }),
      ...acting,
    })
    if (options.json) context.output.json(endpointJson(endpoint))
    else context.output.line(`Changed ${endpointLine(endpoint)}`)
  })
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
    settings: endpoint.settings,
    secretSettings: endpoint.secretSettings,
    answerChallenges: endpoint.answerChallenges,
    answering: endpoint.answering,
    forwarding: endpoint.forwarding,
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
