import { Send } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Composed } from '#contract/compose.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { Key } from '#renderer/controls/key.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { GoesOut } from '#renderer/replay/goes-out.tsx'
import { PaneTabs } from '#renderer/replay/pane-tabs.tsx'
import { ComposeBody } from './compose-body.tsx'
import { ComposeHeaders } from './compose-headers.tsx'
import { ComposeHistory } from './compose-history.tsx'
import { formOf, type ComposeForm } from './compose-form.ts'
import { isToSend, sendForm, setForm, takeSending } from './form-store.ts'
import { RequestFields } from './request-fields.tsx'
import { SentAnswers } from './sent-answers.tsx'
import { SignerFields } from './signer-fields.tsx'
import { useComposing, type Composing } from './use-composing.ts'

type Side = 'goes-out' | 'answer' | 'history'

/** Mod and Enter, wherever on the page the focus is. */
function useSendKey(send: () => void): void {
  const latest = useRef(send)
  useEffect(() => {
    latest.current = send
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      if (event.target instanceof Element && event.target.closest('[role="dialog"]')) return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    // Before tabs, buttons and the editor take the key for themselves.
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}

/** Says in one sentence why it cannot go out yet. */
function whatIsMissing({ problems }: Composing): string {
  return Object.values(problems)[0] ?? ''
}

/** Repeating it, and what its made-up values begin with. */
function Repeats({ composing }: { composing: Composing }) {
  const { form, change, problems } = composing
  return (
    <>
      <div className="w-20">
        <Field
          label="Times"
          mono
          inputMode="numeric"
          value={form.times}
          onChange={(times) => change({ times })}
          error={problems.times}
        />
      </div>
      <div className="w-32">
        <Field
          label="Seed"
          mono
          inputMode="numeric"
          placeholder="new values"
          value={form.seed}
          onChange={(seed) => change({ seed })}
          error={problems.seed}
        />
      </div>
    </>
  )
}

/** The webhook that is being written, what would go out, what came back. */
export function ComposeWebhook({ form }: { form: ComposeForm }) {
  const composing = useComposing(form)
  const { send, sendable } = composing
  const [edit, setEdit] = useState<'body' | 'headers'>('body')
  const [side, setSide] = useState<Side>(() => (isToSend() ? 'answer' : 'goes-out'))
  const [tried, setTried] = useState(isToSend)
  const sendIt = () => {
    if (send.isPending) return
    setTried(true)
    if (!sendable) return
    setSide('answer')
    send.mutate()
  }
  useSendKey(sendIt)
  useEffect(() => {
    // What was composed before is sent again once its form is there.
    if (takeSending() && sendable && !send.isPending) send.mutate()
  })
  const open = (composed: Composed, sends: boolean) => {
    const same = composed.draft.schemeId === form.schemeId
    const opened = { ...formOf(composed), secretText: same ? form.secretText : '' }
    setTried(sends)
    setSide(sends ? 'answer' : 'goes-out')
    if (sends) sendForm(opened)
    else setForm(opened)
  }
  return (
    <div className="grid min-h-0 flex-1 grid-cols-1 overflow-y-auto lg:grid-cols-2 lg:overflow-hidden">
      <section aria-label="Webhook" className="flex min-w-0 flex-col lg:min-h-0 lg:overflow-y-auto">
        <div className="flex shrink-0 flex-col gap-3 border-b border-line px-5 py-4">
          <RequestFields composing={composing} tried={tried} />
          <SignerFields composing={composing} tried={tried} />
          <div className="flex flex-wrap items-end gap-3">
            <Repeats composing={composing} />
            <span className="flex-1" />
            {tried && !sendable && (
              <span role="alert" className="pb-1.5 text-sm text-red">
                {whatIsMissing(composing)}
              </span>
            )}
            <span className="flex items-center gap-2 pb-0.5">
              <Button kind="primary" icon={Send} onPress={sendIt}>
                {send.isPending ? 'Sending…' : send.data ? 'Send again' : 'Send'}
              </Button>
              <span className="flex gap-1" aria-hidden>
                <Key>{platform.isMac ? '⌘' : 'Ctrl'}</Key>
                <Key>↵</Key>
              </span>
            </span>
          </div>
        </div>
        <PaneTabs
          label="Parts of the webhook"
          selected={edit}
          onSelect={setEdit}
          tabs={[
            { id: 'body', name: 'Body', content: <ComposeBody composing={composing} /> },
            { id: 'headers', name: 'Headers', content: <ComposeHeaders composing={composing} /> },
          ]}
        />
      </section>
      <section
        aria-label="Outcome"
        className="flex min-h-96 min-w-0 flex-col border-line bg-canvas max-lg:border-t lg:border-l"
      >
        <h2 className="sr-only">Outcome</h2>
        <PaneTabs
          label="Before and after"
          selected={side}
          onSelect={setSide}
          tabs={[
            { id: 'goes-out', name: 'Goes out', content: <Preview composing={composing} /> },
            { id: 'answer', name: 'Answer', content: <SentAnswers composing={composing} /> },
            {
              id: 'history',
              name: 'History',
              content: (
                <ComposeHistory
                  onOpen={(composed) => open(composed, false)}
                  onSendAgain={(composed) => open(composed, true)}
                />
              ),
            },
          ]}
        />
      </section>
    </div>
  )
}

function Preview({ composing }: { composing: Composing }) {
  const { form, sendable, previewed, isCredential, scheme } = composing
  if (!sendable) return <p className="p-4 text-ink-3">{whatIsMissing(composing)}</p>
  return (
    <>
      <GoesOut {...previewed} isCredential={isCredential} scheme={scheme} composed />
      {form.seed.trim() === '' && previewed.preview && (
        <p className="px-4 pb-4 text-sm text-ink-3">
          Made-up values are others each time it is sent; with a seed they stay.
        </p>
      )}
    </>
  )
}
