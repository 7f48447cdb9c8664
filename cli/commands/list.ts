import type { ApiClient } from '#contract/client.ts'
import type { ListPosition } from '#contract/delivery.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { deliveryEvent, deliveryLine } from '#cli/delivery-line.ts'
import { withSession } from '#cli/session.ts'

const PAGE = 500

type ListPage = Awaited<ReturnType<ApiClient['deliveries']['list']>>

/** `countersign list [--json] [--limit N] [--query Q]`: newest first; `--json`: an object a line. */
export async function list(
  context: Context,
  options: CommonOptions & { json?: boolean; limit: number; query?: string },
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    let left = options.limit
    let after: ListPosition | null = null
    const filter = options.query === undefined ? {} : { query: options.query }
    let shown = 0
    while (left > 0 && !context.output.gone.aborted) {
      const page: ListPage = await client.deliveries.list({
        filter,
        limit: Math.min(left, PAGE),
        ...(after === null ? {} : { after }),
      })
      const { rows, hasMore, searchedTo } = page
      for (const row of rows) {
        if (options.json) context.output.json(deliveryEvent(row))
        else context.output.line(deliveryLine(row, context.output.colours))
      }
      shown += rows.length
      left -= rows.length
      const last = rows.at(-1)
      // A search takes its time in steps; a page of none may have more behind it.
      after = searchedTo ?? (hasMore && last ? { id: last.id, value: null } : null)
      if (after === null) break
    }
    if (shown === 0 && !options.json) {
      context.output.note(
        options.query === undefined
          ? 'Nothing has arrived yet. Run “countersign listen” and send something.'
          : 'No delivery matches.',
      )
    }
  })
}
