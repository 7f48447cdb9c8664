import { safe } from '@orpc/client'
import type { ApiClient } from '#contract/client.ts'
import type { NewReplay, Replay, ReplayEdits } from '#contract/replay.ts'
import { allowingRemote } from '#cli/allow-remote.ts'
import type { Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure, usageFailure } from '#cli/failure.ts'
import { type AskedReplay, refusal, type ReplayOptions } from '#cli/replay-options.ts'
import { readSecrets } from '#cli/secret-sources.ts'
import { answerLines } from '#cli/sent-lines.ts'
import { withSession } from '#cli/session.ts'
import { replayMany } from './replay-many.ts'
import { readBytes } from './verify.ts'

/**
 * `countersign replay ID… | --query Q --to URL`: one delivery shows its whole answer, several a line
 * each and a summary. Exit 1 when no answer comes to one, or one of several fails; 2 for wrong use.
 */
export async function replay(
  context: Context,
  ids: readonly number[],
  options: ReplayOptions,
): Promise<void> {
  assertUse(ids, options)
  const asked = await askedOf(context, options)
  await withSession(options.dataDir, (client) =>
    allowingRemote(client, options.to, options.allowRemote, async () => {
      const [id, ...more] = ids
      if (id === undefined || more.length > 0)
        await replayMany(context, client, ids, options, asked)
      else await replayOne(context, client, { deliveryId: id, ...asked }, options.json)
    }),
  )
}

function assertUse(ids: readonly number[], options: ReplayOptions): void {
  if (ids.length === 0 && options.query === undefined) {
    throw usageFailure('Say what to send: ids, as “countersign list” shows them, or --query.')
  }
  if (ids.length > 0 && options.query !== undefined) {
    throw usageFailure('Give ids or --query, not both.')
  }
  if (options.rate && options.gaps) throw usageFailure('Give --rate or --gaps, not both.')
  if (options.resign) return
  if (options.secretEnv !== undefined) throw usageFailure('--secret-env signs: add --resign.')
  if (options.timestamp !== undefined) throw usageFailure('--timestamp is signed: add --resign.')
}

async function askedOf(context: Context, options: ReplayOptions): Promise<AskedReplay> {
  const edits = await editsOf(context, options)
  const { secretEnv: variable } = options
  const sources = variable === undefined ? [] : [{ kind: 'env', variable } as const]
  const [secret] = await readSecrets(sources, context.env, context.stdin)
  return {
    url: options.to,
    verifyTls: !options.insecure,
    timeoutMs: options.timeout ?? 30_000,
    resign: options.resign ?? false,
    messageId: options.messageId,
    timestamp: options.timestamp ?? 'now',
    ...(secret && { secretText: secret.text }),
    ...(Object.keys(edits).length > 0 && { edits }),
  }
}

async function editsOf(context: Context, options: ReplayOptions): Promise<ReplayEdits> {
  const { method, bodyFile, setHeader, exact } = options
  const body = bodyFile === undefined ? null : await readBytes(bodyFile, context.stdin)
  return {
    ...(method !== undefined && { method }),
    ...(body && { body: new Blob([new Uint8Array(body)]) }),
    ...(setHeader && { setHeaders: [...setHeader] }),
    ...(exact && { exact }),
  }
}

async function replayOne(
  context: Context,
  client: ApiClient,
  asked: NewReplay,
  json: boolean | undefined,
): Promise<void> {
  const { error, data } = await safe(client.replays.create(asked))
  if (error) throw refusal(error)
  if (json) context.output.json(data)
  else for (const line of replayLines(data)) context.output.line(line)
  if (data.error !== null && data.answer === null) {
    throw runtimeFailure(
      `No answer came: ${escapeTerminal(data.error)} Check the URL and whether something listens there.`,
    )
  }
}

function replayLines({ answer, timings, url, resigned, id }: Replay): string[] {
  const what = `Replay ${id}${resigned ? ', signed anew,' : ''} to ${escapeTerminal(url)}`
  return [what, ...answerLines({ answer, timings })]
}
