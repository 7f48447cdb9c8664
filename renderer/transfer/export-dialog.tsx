import { Download, TriangleAlert, X } from 'lucide-react'
import type { Selection } from '#contract/selection.ts'
import type { ExportFormat } from '#contract/transfer.ts'
import { Button } from '#renderer/controls/button.tsx'
import { SelectField } from '#renderer/controls/choice.tsx'
import { CopyTextButton } from '#renderer/controls/copy-button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { useCaptureUrl } from './use-capture-url.ts'
import { ExportOutcome } from './export-outcome.tsx'
import { faceOf, formats } from './formats.ts'
import { RedactionFields } from './redaction-fields.tsx'
import { requestOf, useExportForm, type ExportForm } from './use-export-form.ts'
import { usePreview, type Preview } from './use-preview.ts'

interface Props {
  selection: Selection
  /** Such as “3 deliveries”. */
  what: string
  format?: ExportFormat
  onClose: () => void
}

/** Writes deliveries to a file, in a format and with what is secret taken out. */
export function ExportDialog({ selection, what, format, onClose }: Props) {
  const form = useExportForm(selection, format)
  const { draft, saving } = form
  const face = faceOf(draft.format)
  const preview = usePreview(requestOf(selection, draft), face.isText)
  const isRunning = saving.state === 'running'
  return (
    <Dialog
      wide
      title={`Export ${what}`}
      onClose={onClose}
      footer={
        <>
          {isRunning ? (
            <Button icon={X} onPress={saving.stop}>
              Cancel the export
            </Button>
          ) : (
            <Button onPress={onClose}>Close</Button>
          )}
          {/* Not disabled while it runs: a button that is loses the focus, and Esc with it. */}
          <Button
            kind="primary"
            icon={Download}
            onPress={() => {
              if (!isRunning) void form.save()
            }}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="grid min-h-0 gap-x-6 gap-y-4 md:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <FormatFields form={form} />
          <RedactionFields form={form} selection={selection} />
        </div>
        <PreviewPane preview={preview} isText={face.isText} canCopy={!draft.redacts} />
      </div>
      <ExportOutcome saving={saving} />
    </Dialog>
  )
}

function FormatFields({ form }: { form: ExportForm }) {
  const { draft, change, targets } = form
  const face = faceOf(draft.format)
  const captureUrl = useCaptureUrl()
  return (
    <>
      <SelectField
        label="Format"
        options={formats.map(({ id, name }) => ({ id, name }))}
        value={draft.format}
        onChange={(id) => {
          const chosen = formats.find((each) => each.id === id)
          if (chosen) change({ format: chosen.id })
        }}
        hint={face.sentence}
      />
      {draft.format === 'code' && (
        <SelectField
          label="Language"
          options={targets.map(({ id, language, name }) => ({ id, name: `${language}, ${name}` }))}
          value={draft.target}
          onChange={(target) => change({ target })}
        />
      )}
      {face.hasUrl && (
        <Field
          mono
          label="Requests go to"
          placeholder={captureUrl}
          value={draft.url}
          onChange={(url) => change({ url })}
          hint="Without a path, each keeps its own."
        />
      )}
    </>
  )
}

interface PreviewProps {
  preview: Preview
  isText: boolean
  /** What is redacted is signed anew each time: only what is saved comes with its secret. */
  canCopy: boolean
}

function PreviewPane({ preview, isText, canCopy }: PreviewProps) {
  const { text, cut, warnings, problem } = preview
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-3">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="flex-1 text-sm font-medium text-ink-2">
          {cut ? 'It begins with' : 'What it holds'}
        </h3>
        {canCopy && isText && text !== '' && !cut && (
          <CopyTextButton text={text}>Copy</CopyTextButton>
        )}
      </div>
      {problem !== null && <p className="selectable text-red">{problem}</p>}
      {problem === null && isText && (
        <pre
          tabIndex={0}
          className="wire selectable max-h-80 min-h-40 overflow-auto rounded-md border border-line bg-sunken p-3 whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {text}
        </pre>
      )}
      {problem === null && !isText && (
        <p className="text-ink-3">An archive of files; save it to look inside.</p>
      )}
      {warnings.length > 0 && (
        <Callout tone="amber" icon={<TriangleAlert size={15} aria-hidden />}>
          <ul className="selectable flex flex-col gap-1">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Callout>
      )}
    </section>
  )
}
