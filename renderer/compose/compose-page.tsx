import { useMutation } from '@tanstack/react-query'
import { ClipboardPaste, FilePlus2, Hash } from 'lucide-react'
import { useEffect, useState } from 'react'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { showToast } from '#renderer/status/toast-store.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { BeginComposing } from './begin-composing.tsx'
import { blankForm, formOf, type ComposeForm } from './compose-form.ts'
import { ComposeHistory } from './compose-history.tsx'
import { ComposeWebhook } from './compose-webhook.tsx'
import { sendForm, setForm, useForm } from './form-store.ts'
import { PasteDialog } from './paste-dialog.tsx'
import { looksLikeRequest, readPasted } from './pasted.ts'

function take(form: ComposeForm | null, change: Partial<ComposeForm>, notices: string[]): void {
  setForm({ ...(form ?? blankForm), ...change })
  const [notice] = notices
  showToast({
    sentence: notice === undefined ? 'The request was taken over.' : notices.join(' '),
    tone: 'good',
  })
}

/** A request that is pasted wherever no longer text is being written. */
function usePasteAnywhere(form: ComposeForm | null): void {
  const { mutate } = useMutation({
    mutationFn: readPasted,
    onSuccess: ({ change, notices }) => take(form, change, notices),
    onError: (error) => showToast({ sentence: errorSentence(error), tone: 'bad' }),
  })
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      // A field of one line never means a whole request; a text of several lines may.
      const typing =
        event.target instanceof Element &&
        event.target.closest('textarea, [contenteditable="true"], [role="dialog"]')
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (typing || !looksLikeRequest(text)) return
      event.preventDefault()
      mutate(text)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [mutate])
}

/** Webhooks that are written here and sent signed, without having been received. */
export function ComposePage() {
  const form = useForm()
  const [pasting, setPasting] = useState(false)
  usePasteAnywhere(form)
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-5">
        <h1 className="text-lg font-semibold">Compose</h1>
        <span className="flex-1" />
        <Button
          kind="quiet"
          icon={Hash}
          onPress={() => go({ view: { kind: 'subscriber-hash' }, query: '', deliveryId: null })}
        >
          Subscriber hash
        </Button>
        <Button kind="quiet" icon={ClipboardPaste} onPress={() => setPasting(true)}>
          Paste a request…
        </Button>
        {form && (
          <Button kind="quiet" icon={FilePlus2} onPress={() => setForm(null)}>
            New
          </Button>
        )}
      </header>
      {form ? (
        <ComposeWebhook form={form} />
      ) : (
        <div className="grid min-h-0 flex-1 grid-cols-1 overflow-y-auto lg:grid-cols-[3fr_2fr] lg:overflow-hidden">
          <section aria-label="Begin" className="lg:overflow-y-auto">
            <BeginComposing onPaste={() => setPasting(true)} />
          </section>
          <section
            aria-label="History"
            className="border-line bg-canvas max-lg:border-t lg:overflow-y-auto lg:border-l"
          >
            <h2 className="px-4 pt-4 pb-1 text-sm font-semibold text-ink-2">Composed before</h2>
            <ComposeHistory
              onOpen={(composed) => setForm(formOf(composed))}
              onSendAgain={(composed) => sendForm(formOf(composed))}
            />
          </section>
        </div>
      )}
      {pasting && (
        <PasteDialog
          onRead={(change, notices) => take(form, change, notices)}
          onClose={() => setPasting(false)}
        />
      )}
    </div>
  )
}
