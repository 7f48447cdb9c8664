import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Status } from '#contract/status.ts'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { readBodyLimit, writeBodyLimit } from './body-limit.ts'

/** What holds for the whole data directory: the body limit, where things lie. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const status = useQuery(api.status.get.queryOptions()).data
  return (
    <Dialog title="Settings" onClose={onClose}>
      {status && <Settings status={status} onClose={onClose} />}
    </Dialog>
  )
}

function Settings({ status, onClose }: { status: Status; onClose: () => void }) {
  const [text, setText] = useState(() => writeBodyLimit(status.bodyLimitBytes))
  const [problem, setProblem] = useState<string | undefined>()
  const save = useMutation(
    api.settings.update.mutationOptions({
      onSuccess: onClose,
      onError: (error) => setProblem(errorSentence(error)),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const limit = readBodyLimit(text)
    if (typeof limit === 'string') setProblem(limit)
    else save.mutate({ listener: { bodyLimitBytes: limit.bytes } })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      <Field
        label="Largest body, in MiB"
        hint="A larger one is answered 413; what came before that is kept as incomplete."
        value={text}
        onChange={(next) => {
          setText(next)
          setProblem(undefined)
        }}
        error={problem}
        autoFocus
      />
      <dl className="flex flex-col gap-3 text-sm">
        <div>
          <dt className="font-medium text-ink-2">Data directory</dt>
          <dd className="flex items-center gap-1">
            <span className="wire selectable min-w-0 break-all">{status.dataDir}</span>
            <CopyButton text={status.dataDir} label="Copy data directory" />
          </dd>
        </div>
        <div>
          <dt className="font-medium text-ink-2">Signing secrets</dt>
          <dd className="selectable text-ink-2">{status.secrets.sentence}</dd>
        </div>
      </dl>
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>Cancel</Button>
        <Button type="submit" kind="primary" isDisabled={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}
