import { useMutation } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { FileTrigger } from 'react-aria-components'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { showToast } from '#renderer/status/toast-store.ts'
import { PassphraseForm } from './passphrase-form.tsx'
import { dataKeyChanged } from './use-data-key.ts'

/** A key file has 68 bytes. */
const MOST_BYTES = 1000

/** Opens a former data key: with its passphrase, or its key file. */
export function RecoverDialog({ onClose }: { onClose: () => void }) {
  const recover = useMutation(
    api.dataKey.recover.mutationOptions({
      onSuccess: async ({ recovered, ...dataKey }) => {
        await dataKeyChanged(dataKey)
        showToast({
          tone: 'good',
          sentence: `${recovered} opened again and sealed under today’s key.`,
        })
        onClose()
      },
    }),
  )
  const choose = async (file: File | undefined) => {
    if (file) recover.mutate({ keyFileText: await file.slice(0, MOST_BYTES).text() })
  }
  return (
    <PassphraseForm
      title="Open a former key"
      current="Passphrase of that time"
      action="Open"
      busy={recover.isPending}
      error={recover.error}
      onSubmit={({ current }) => recover.mutate({ passphrase: current })}
      onClose={onClose}
    >
      <p>
        What was sealed with it opens again and is sealed under today’s key. Secrets that you
        entered again meanwhile stay as they are.
      </p>
      <div>
        <FileTrigger onSelect={(files) => void choose(files?.[0])}>
          <Button small icon={FileUp}>
            Choose its key file
          </Button>
        </FileTrigger>
      </div>
    </PassphraseForm>
  )
}
