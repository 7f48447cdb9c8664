import { useMutation } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { Button } from '#renderer/controls/button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import type { ComposeForm } from './compose-form.ts'
import { readPasted } from './pasted.ts'

const PLACEHOLDER = `curl -X POST http://localhost:3000/webhooks \\
  -H 'Content-Type: application/json' -d '{"type":"…"}'`
/** What the engine reads at once. */
const LONGEST = 2_000_000

interface Props {
  onRead: (change: Partial<ComposeForm>, notices: string[]) => void
  onClose: () => void
}

/** Takes a request from elsewhere as the one to write. */
export function PasteDialog({ onRead, onClose }: Props) {
  const [text, setText] = useState('')
  const read = useMutation({
    mutationFn: async (pasted: string) => {
      if (pasted.length > LONGEST) throw new Error('That is longer than 2 MB.')
      return readPasted(pasted)
    },
    onSuccess: ({ change, notices }) => {
      onRead(change, notices)
      onClose()
    },
  })
  return (
    <Dialog
      title="Paste a request"
      onClose={onClose}
      footer={
        <>
          <FileTrigger
            acceptedFileTypes={['.har', '.json', '.http', '.txt']}
            onSelect={(files) => {
              const file = files?.[0]
              if (!file) return
              file.text().then(
                (content) => read.mutate(content),
                () => setText(''),
              )
            }}
          >
            <Button icon={FileUp}>Open a file…</Button>
          </FileTrigger>
          <span className="flex-1" />
          <Button onPress={onClose}>Cancel</Button>
          <Button
            kind="primary"
            isDisabled={text.trim() === '' || read.isPending}
            onPress={() => read.mutate(text)}
          >
            Take it
          </Button>
        </>
      }
    >
      <Field
        label="A cURL command, a raw HTTP message, or a HAR"
        mono
        rows={10}
        autoFocus
        value={text}
        onChange={setText}
        placeholder={PLACEHOLDER}
        hint="Method, path, headers and body are taken over; it still goes where you send it."
        error={read.error ? errorSentence(read.error) : undefined}
      />
    </Dialog>
  )
}
