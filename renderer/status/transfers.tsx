import { X } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import type { Status } from '#contract/status.ts'
import type { Transfer } from '#contract/transfer.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { formatCount, formatSize } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

async function cancel(id: number): Promise<void> {
  // Over already: then there is nothing to stop, and the status says so.
  await client.transfers.cancel({ id }).catch(() => undefined)
  await queryClient.invalidateQueries({ queryKey: api.status.get.key() })
}

function progressWords({ kind, done, total, added }: Transfer): string {
  if (kind === 'import') {
    const of = total === null ? '' : ` of ${formatSize(total)}`
    return `${formatSize(done)}${of}, ${formatCount(added)} added`
  }
  return total === null ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`
}

/** An import or export that runs, whoever began it. */
function TransferProgress({ transfer }: { transfer: Transfer }) {
  const { id, kind, done, total } = transfer
  const sentence = visibleStart(transfer.sentence, 200)
  return (
    <div className="flex flex-col gap-1 px-4 py-2.5">
      <div className="flex items-center gap-1 text-xs text-ink-2">
        <span className="min-w-0 flex-1 truncate" title={sentence}>
          {sentence}
        </span>
        <IconButton
          small
          icon={X}
          label={kind === 'import' ? 'Cancel the import' : 'Cancel the export'}
          onPress={() => void cancel(id)}
        />
      </div>
      <ProgressBar
        aria-label={sentence}
        value={done}
        maxValue={Math.max(total ?? done, 1)}
        isIndeterminate={total === null}
        className="flex flex-col gap-1"
      >
        {({ percentage }) => (
          <>
            <div className="h-1 overflow-hidden rounded-full bg-line">
              <div
                className="h-full rounded-full bg-accent"
                style={{ width: `${percentage ?? 30}%` }}
              />
            </div>
            <span className="text-xs text-ink-3">{progressWords(transfer)}</span>
          </>
        )}
      </ProgressBar>
    </div>
  )
}

export function Transfers({ transfers }: Pick<Status, 'transfers'>) {
  return transfers.map((transfer) => <TransferProgress key={transfer.id} transfer={transfer} />)
}
