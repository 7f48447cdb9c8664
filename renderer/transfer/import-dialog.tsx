import { CircleCheck, CircleX, FileUp, LoaderCircle, X } from 'lucide-react'
import { FileTrigger, ProgressBar } from 'react-aria-components'
import { showDialog } from '#renderer/app/dialogs.ts'
import { go } from '#renderer/app/location.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { formatCount, formatSize } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { importFiles, stopImport, useImports, type FileImport } from './imports.ts'

function showThem(): void {
  showDialog(null)
  go({ view: { kind: 'all' }, query: 'is:imported', deliveryId: null })
}

/** Files on their way in, and what came of them; more can be chosen. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const imports = useImports()
  const running = imports.some(({ over }) => !over)
  const added = imports.reduce((sum, { transfer }) => sum + (transfer?.added ?? 0), 0)
  return (
    <Dialog
      title="Import deliveries"
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{running ? 'Go on behind' : 'Close'}</Button>
          {!running && added > 0 && (
            <Button kind="primary" onPress={showThem}>
              Show them
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {imports.length > 0 && (
          <ul aria-label="Files" className="flex flex-col gap-3">
            {imports.map((each) => (
              <FileLine key={each.key} file={each} />
            ))}
          </ul>
        )}
        <div className="flex items-center gap-3">
          <FileTrigger allowsMultiple onSelect={(files) => files && importFiles([...files])}>
            <Button icon={FileUp}>Choose files</Button>
          </FileTrigger>
          <p className="min-w-0 flex-1 text-sm text-ink-3">
            NDJSON, HAR, raw HTTP or cURL, gzip too. Or drop files anywhere on the window.
          </p>
        </div>
        <p className="text-sm text-ink-3">
          Deliveries keep their own times and are judged with today&rsquo;s secrets. What is here
          already is recognised and not added twice.
        </p>
      </div>
    </Dialog>
  )
}

function FileLine({ file }: { file: FileImport }) {
  const { key, byteLength, transfer, problem, over } = file
  const name = visibleStart(file.name, 200)
  const failure = problem ?? transfer?.problem ?? null
  const Icon = !over ? LoaderCircle : failure === null ? CircleCheck : CircleX
  const look = !over ? 'animate-spin text-ink-3' : failure === null ? 'text-green' : 'text-red'
  return (
    <li className="flex flex-col gap-1.5 rounded-md border border-line bg-surface px-3 py-2">
      <div className="flex items-center gap-2">
        <Icon size={15} aria-hidden className={`shrink-0 ${look}`} />
        <span className="wire min-w-0 flex-1 truncate" title={name}>
          {name}
        </span>
        <span className="text-sm text-ink-3">{formatSize(byteLength)}</span>
        {!over && (
          <IconButton
            small
            icon={X}
            label={`Stop importing ${name}`}
            onPress={() => stopImport(key)}
          />
        )}
      </div>
      {!over && <FileProgress file={file} />}
      {over && transfer && (failure === null || transfer.added > 0) && (
        <p className="selectable pl-6">
          {formatCount(transfer.added)} added, {formatCount(transfer.alreadyHere)} already here
          {transfer.state === 'cancelled' && '; stopped before the end'}
        </p>
      )}
      {failure !== null && <p className="selectable pl-6 text-red">{visibleStart(failure, 600)}</p>}
      {over && transfer !== null && transfer.warnings.length > 0 && (
        <details className="pl-6">
          <summary className="cursor-default text-sm text-amber">
            {transfer.warnings.length === 1
              ? 'One warning'
              : `${formatCount(transfer.warnings.length)} warnings`}
          </summary>
          <ul className="selectable flex max-h-40 flex-col gap-1 overflow-y-auto pt-1 text-sm text-ink-2">
            {transfer.warnings.map((warning) => (
              <li key={warning}>{visibleStart(warning, 600)}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

function FileProgress({ file: { name, byteLength, transfer } }: { file: FileImport }) {
  const done = transfer?.done ?? 0
  return (
    <ProgressBar
      aria-label={`Importing ${visibleStart(name, 200)}`}
      value={done}
      maxValue={Math.max(byteLength, 1)}
      className="flex flex-col gap-1 pl-6"
    >
      {({ percentage }) => (
        <>
          <div className="h-1 overflow-hidden rounded-full bg-line">
            <div
              className="h-full rounded-full bg-accent"
              style={{ width: `${percentage ?? 0}%` }}
            />
          </div>
          <span className="text-sm text-ink-3">
            {formatSize(done)} of {formatSize(byteLength)}, {formatCount(transfer?.added ?? 0)}{' '}
            added
          </span>
        </>
      )}
    </ProgressBar>
  )
}
