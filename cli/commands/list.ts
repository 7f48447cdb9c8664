import type { CommonOptions, Context } from '#cli/context.ts'
import { deliveryEvent, deliveryLine } from '#cli/delivery-line.ts'
import { withSession } from '#cli/session.ts'

const PAGE = 500

/** `countersign list [--json] [--limit N]`: newest first; with `--json` one object per line. */
export async function list(
  context: Context,
  options: CommonOptions & { json?: boolean; limit: number },
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    let left = options.limit
    let before: number | undefined
    let shown = 0
    while (left > 0 && !context.output.gone.aborted) {
      const { rows, hasMore } = await client.deliveries.list({
        limit: Math.min(left, PAGE),
        ...(before === undefined ? {} : { after: { id: before } }),
      })
      for (const row of rows) {
        if (options.json) context.output.json(deliveryEvent(row))
        else context.output.line(deliveryLine(row, context.output.colours))
      }
      shown += rows.length
      left -= rows.length
      before = rows.at(-1)?.id
      if (!hasMore || before === undefined) break
    }
    if (shown === 0 && !options.json) {
      context.output.note('Nothing has arrived yet. Run “countersign listen” and send something.')
    }
  })
}
