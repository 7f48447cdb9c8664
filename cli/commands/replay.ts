import type { Replay } from '#contract/replay.ts'
import { safe, isDefinedError } from '@orpc/client'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal, escapeTerminalLines } from '#cli/escape.ts'
import { runtimeFailure } from '#cli/failure.ts'
import { withSession } from '#cli/session.ts'

/** `countersign replay ID --to URL [--resign] [--message-id same|new] [--json]` */
export async function replay(
  context: Context,
  deliveryId: number,
  options: CommonOptions & {
    to: string
    resign?: boolean
    messageId: 'same' | 'new'
    json?: boolean
  },
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    const { error, data } = await safe(
      client.replays.create({
        deliveryId,
        url: options.to,
        resign: options.resign ?? false,
        messageId: options.messageId,
      }),
    )
    if (isDefinedError(error) && error.code === 'BAD_REQUEST') {
      throw runtimeFailure(`${error.message} Nothing was sent.`, error)
    }
    if (error) throw error
    if (options.json) context.output.json(data)
    else for (const line of replayLines(data)) context.output.line(line)
    if (data.error !== null && data.answer === null) {
      throw runtimeFailure(
        `No answer came: ${escapeTerminal(data.error)} Check the URL and whether something listens there.`,
      )
    }
  })
}

function replayLines({ answer, timings, url, resigned, id }: Replay): string[] {
  const what = `Replay ${id}${resigned ? ', signed anew,' : ''} to ${escapeTerminal(url)}`
  if (answer === null) return [what]
  const time = timings === null ? '' : ` in ${Math.round(timings.totalMs)} ms`
  return [
    what,
    `${answer.status} ${escapeTerminal(answer.statusMessage)}${time}`,
    ...answer.rawHeaders.map(([name, value]) => escapeTerminal(`${name}: ${value}`)),
    ...(answer.bodyText === '' ? [] : ['', escapeTerminalLines(answer.bodyText)]),
    ...(answer.truncated ? [`The first part of ${answer.bodyByteLength} bytes.`] : []),
  ]
}
