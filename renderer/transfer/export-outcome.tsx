import { CircleCheck, KeyRound } from 'lucide-react'
import { ProgressBar } from 'react-aria-components'
import type { Transfer } from '#contract/transfer.ts'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { formatCount, formatSize } from '#renderer/words/format.ts'
import type { Saving } from './use-export-form.ts'

/** How far the export is, and what came of it. */
export function ExportOutcome({ saving }: { saving: Saving }) {
  return (
    <div role="status" aria-label="Export" className="flex flex-col gap-3 pt-4 empty:hidden">
      {saving.state === 'running' && <Progress transfer={saving.transfer} />}
      {saving.state === 'failed' && <p className="selectable text-red">{saving.sentence}</p>}
      {saving.state === 'done' && <Done transfer={saving.transfer} />}
    </div>
  )
}

function Progress({ transfer }: { transfer: Transfer | null }) {
  const { done = 0, total = null, byteLength = 0 } = transfer ?? {}
  return (
    <ProgressBar
      aria-label="Exporting"
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
          <span className="text-sm text-ink-3">
            {formatCount(done)}
            {total !== null && ` of ${formatCount(total)}`}, {formatSize(byteLength)}
          </span>
        </>
      )}
    </ProgressBar>
  )
}

function Done({ transfer }: { transfer: Transfer }) {
  const { done, byteLength, throwawaySecrets } = transfer
  const deliveries = done === 1 ? '1 delivery' : `${formatCount(done)} deliveries`
  return (
    <>
      <p className="flex items-center gap-2 font-medium">
        <CircleCheck size={15} aria-hidden className="text-green" />
        {deliveries} exported, {formatSize(byteLength)}.
      </p>
      {throwawaySecrets.length > 0 && (
        <Callout tone="blue" icon={<KeyRound size={15} aria-hidden />}>
          <p>Signed with secrets made for this export. They may be shared with it.</p>
          <ul className="flex flex-col gap-1 pt-2">
            {throwawaySecrets.map(({ endpoint, schemeId, text }) => (
              <li key={`${endpoint} ${schemeId}`} className="flex items-center gap-2">
                <span className="shrink-0 text-ink-2">{endpoint}</span>
                <code className="wire selectable min-w-0 flex-1 truncate">{text}</code>
                <CopyButton text={text} label={`Copy the throwaway secret of ${endpoint}`} />
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </>
  )
}
