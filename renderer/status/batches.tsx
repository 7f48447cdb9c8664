import { X } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import type { Batch } from '#contract/replay.ts'
import type { Status } from '#contract/status.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { formatCount } from '#renderer/words/format.ts'

/** Ends a bulk replay; what is under way is still answered. */
export async function cancelBatch(id: number): Promise<void> {
  // Over already: then there is nothing to stop, and the status says so.
  await client.batches.cancel({ id }).catch(() => undefined)
  await queryClient.invalidateQueries({ queryKey: api.batches.key() })
  await queryClient.invalidateQueries({ queryKey: api.status.get.key() })
}

/** How far a bulk replay has come. */
export function BatchProgress({ batch }: { batch: Batch }) {
  const { sentence, sent, total, failed } = batch
  return (
    <ProgressBar
      aria-label={sentence}
      value={sent}
      maxValue={Math.max(total, 1)}
      className="flex flex-col gap-1"
    >
      {({ percentage }) => (
        <>
          <div className="h-1 overflow-hidden rounded-full bg-line">
            <div
              className="h-full rounded-full bg-accent"
              style={{ width: `${percentage ?? 0}%` }}
            />
          </div>
          <span className="text-xs text-ink-3">
            {formatCount(sent)} of {formatCount(total)}
            {failed > 0 && `, ${formatCount(failed)} failed`}
          </span>
        </>
      )}
    </ProgressBar>
  )
}

/** Bulk replays that run; each leads to its page. */
export function Batches({ batches }: Pick<Status, 'batches'>) {
  return batches.map((batch) => (
    <div key={batch.id} className="flex flex-col gap-1 px-4 py-2.5">
      <div className="flex items-center gap-1 text-xs text-ink-2">
        <button
          type="button"
          title={batch.sentence}
          onClick={() => go({ view: { kind: 'replays', batchId: batch.id }, query: '' })}
          className="min-w-0 flex-1 truncate rounded-sm text-left hover:text-ink hover:underline"
        >
          {batch.sentence}
        </button>
        <IconButton
          small
          icon={X}
          label="Cancel the bulk replay"
          onPress={() => void cancelBatch(batch.id)}
        />
      </div>
      <BatchProgress batch={batch} />
    </div>
  ))
}
