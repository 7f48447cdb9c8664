import type { ApiClient } from '#contract/client.ts'
import type { Draft, NewComposed, SampleEvent } from '#contract/compose.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Scheme } from '#contract/scheme.ts'
import { isDefinedError, safe } from '@orpc/client'
import { allowingRemote } from '#cli/allow-remote.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure, usageFailure } from '#cli/failure.ts'
import { schemeNamed } from '#cli/scheme-named.ts'
import { readSecrets, type SecretSource } from '#cli/secret-sources.ts'
import { assertAnswered, sentLines } from '#cli/sent-lines.ts'
import { withSession } from '#cli/session.ts'
import { type GivenSettings, readSettings, settingsFromEnv } from '#cli/settings.ts'
import { parsePasted } from '#engine/interchange/pasted-request.ts'
import { readBytes } from './verify.ts'

export interface SendOptions extends CommonOptions {
  scheme?: string
  to?: string
  event?: string
  bodyFile?: string
  /** A file with a curl command, a raw HTTP message or a HAR. */
  from?: string
  secretSources: readonly SecretSource[]
  endpoint?: string
  setting: GivenSettings
  settingEnv: GivenSettings
  header: readonly RawHeader[]
  method?: string
  timestamp: 'now' | number
  messageId?: string
  times: number
  seed?: number
  listEvents?: boolean
  allowRemote?: boolean
  insecure?: boolean
  json?: boolean
}

/**
 * `countersign send`: composes a webhook from a provider's sample event, a body or another request,
 * signs it, sends it and prints the answer. Exit 1 when nothing answers, 2 for wrong use.
 */
export async function sendComposed(context: Context, options: SendOptions): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const endpoint = options.endpoint ? await endpointNamed(client, options.endpoint) : null
    const schemeId = options.scheme ?? endpoint?.schemeId ?? null
    const samples = await client.compose.samples({ schemeId })
    if (options.listEvents) return listEvents(context, options, samples)
    const { to } = options
    if (to === undefined) throw usageFailure('Say where it goes: --to URL.')
    const scheme =
      schemeId === null
        ? null
        : await schemeNamed(context, { scheme: schemeId, dataDir: options.dataDir })
    const signing = await signingOf(context, options, scheme, endpoint !== null)
    const settings = [...options.setting, ...settingsFromEnv(options.settingEnv, context.env)]
    const draft: Draft = {
      ...(await requestOf(context, options, samples)),
      schemeId,
      endpointId: endpoint?.id ?? null,
      settings: endpoint ? Object.fromEntries(settings) : readSettings(scheme, settings),
      seed: options.seed ?? null,
    }
    const sent = await send(client, options, {
      draft: withOptions(draft, options, scheme),
      url: to,
      ...signing,
      verifyTls: !options.insecure,
      times: options.times,
    })
    for (const replay of sent) {
      if (options.json) context.output.json(replay)
      else for (const line of sentLines(replay)) context.output.line(line)
    }
    assertAnswered(sent)
  })
}

async function endpointNamed(client: ApiClient, name: string) {
  const all = await client.endpoints.list()
  const found = all.find((one) => one.name === name || String(one.id) === name)
  if (found) return found
  throw usageFailure(escapeTerminal(`There is no endpoint “${name}”.`))
}

function listEvents({ output }: Context, options: SendOptions, samples: SampleEvent[]): void {
  for (const sample of samples) {
    if (options.json) output.json(sample)
    else output.line(escapeTerminal(sample.name))
  }
}

/** What is sent: another request, a body of one's own, or an event of the provider. */
async function requestOf(
  context: Context,
  options: SendOptions,
  samples: readonly SampleEvent[],
): Promise<Pick<Draft, 'name' | 'method' | 'target' | 'rawHeaders' | 'body'>> {
  const sources = [options.event, options.bodyFile, options.from].filter(Boolean)
  if (sources.length > 1) throw usageFailure('Give one of --event, --body-file and --from.')
  if (options.from !== undefined) return requestFrom(context, options.from)
  const sample = samples.find(({ name }) => name === options.event) ?? samples[0]
  if (!sample || (options.event !== undefined && sample.name !== options.event)) {
    const names = samples.map(({ name }) => name).join(', ')
    throw usageFailure(escapeTerminal(`There is no event “${options.event}”. There are: ${names}.`))
  }
  const { name, method, target, rawHeaders, body } = sample
  if (options.bodyFile === undefined) {
    return { name, method, target, rawHeaders, body: { kind: 'template', text: body } }
  }
  const bytes = await readBytes(options.bodyFile, context.stdin)
  const base64 = Buffer.from(bytes).toString('base64')
  return { name: '', method, target, rawHeaders, body: { kind: 'bytes', base64 } }
}

async function requestFrom(context: Context, file: string) {
  const text = Buffer.from(await readBytes(file, context.stdin)).toString('utf8')
  const parsed = parsePasted(text)
  if ('problem' in parsed) throw usageFailure(escapeTerminal(parsed.problem))
  for (const notice of parsed.notices) context.output.note(escapeTerminal(notice))
  const { method, target, rawHeaders, bodyBase64 } = parsed
  const body: Draft['body'] = { kind: 'bytes', base64: bodyBase64 }
  return { name: '', method, target: plain(target), rawHeaders: rawHeaders.map(plainHeader), body }
}

/** Braces of a captured request are no template. */
function plain(text: string): string {
  return text.replaceAll('{{', '{{"{{"}}')
}

function plainHeader([name, value]: RawHeader): RawHeader {
  return [name, plain(value)]
}

type Signed = Pick<NewComposed, 'resign' | 'timestamp' | 'messageId' | 'secretText'>

async function signingOf(
  context: Context,
  { secretSources, timestamp, messageId }: SendOptions,
  scheme: Scheme | null,
  hasEndpoint: boolean,
): Promise<Signed> {
  const [secret, ...more] = await readSecrets(secretSources, context.env, context.stdin)
  if (more.length > 0) throw usageFailure('Give one secret to sign with.')
  if (scheme === null && secret) throw usageFailure('Say how it is signed: --scheme ID.')
  const resign = scheme !== null && (hasEndpoint || secret !== undefined)
  if (scheme && !resign) {
    context.output.note('Nothing to sign with (--secret-env, --endpoint): it goes out unsigned.')
  }
  return {
    resign,
    timestamp,
    messageId: messageId === undefined ? 'new' : 'same',
    ...(secret && { secretText: secret.text }),
  }
}

function withOptions(draft: Draft, options: SendOptions, scheme: Scheme | null): Draft {
  const { header, method, messageId } = options
  const rawHeaders = [...header.map(plainHeader)]
  if (messageId !== undefined) {
    const place = scheme?.messageId
    if (!place || !('header' in place)) {
      const whose = scheme?.name ?? 'A webhook without a scheme'
      throw usageFailure(
        `${escapeTerminal(whose)} has no header for a message id; write it into the body.`,
      )
    }
    rawHeaders.push([place.header, plain(messageId)])
  }
  const names = new Set(rawHeaders.map(([name]) => name.toLowerCase()))
  const kept = draft.rawHeaders.filter(([name]) => !names.has(name.toLowerCase()))
  return { ...draft, rawHeaders: [...kept, ...rawHeaders], ...(method && { method }) }
}

async function send(
  client: ApiClient,
  { allowRemote }: SendOptions,
  asked: Partial<NewComposed> & Pick<NewComposed, 'draft' | 'url' | 'resign'>,
) {
  const { error, data } = await allowingRemote(client, asked.url, allowRemote, () =>
    safe(client.compose.send(asked)),
  )
  if (isDefinedError(error) && error.code === 'HOST_NOT_ALLOWED') {
    throw runtimeFailure(`${error.message} --allow-remote does. Nothing was sent.`, error)
  }
  if (isDefinedError(error) && error.code === 'BAD_REQUEST') {
    throw runtimeFailure(`${error.message} Nothing was sent.`, error)
  }
  if (error) throw error
  return data.replays
}
