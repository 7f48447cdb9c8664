import { useQuery } from '@tanstack/react-query'
import { ArrowLeftRight, ArrowRight, Send, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { maskedTarget } from '#contract/credentials.ts'
import type { Delivery } from '#contract/delivery.ts'
import { api } from '#renderer/app/api.ts'
import { openDelivery } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Key } from '#renderer/controls/key.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { Answers } from './answers.tsx'
import { BodyEditor } from './body-editor.tsx'
import { compareWithOriginal } from './compare-original.ts'
import { EditRequest } from './edit-request.tsx'
import { GoesOut } from './goes-out.tsx'
import { PaneTabs } from './pane-tabs.tsx'
import type { SendingOptions } from './sending-options.ts'
import { SendingFields } from './sending-fields.tsx'
import { useFirstOptions, useReplayForm, type ReplayForm } from './use-replay-form.ts'

interface Props {
  deliveryId: number
  onClose: () => void
}

/** Sends a delivery again, edited and signed as one likes, and shows the answer beside the original's. */
export function ReplayDialog({ deliveryId, onClose }: Props) {
  const input = { id: deliveryId }
  const { data, error } = useQuery(api.deliveries.get.queryOptions({ input }))
  if (data) return <Opened delivery={data} onClose={onClose} />
  if (!error) return null
  return (
    <Dialog title="Replay" onClose={onClose}>
      <p className="selectable text-red">{errorSentence(error)}</p>
    </Dialog>
  )
}

function Opened({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const first = useFirstOptions(delivery.endpointId, delivery.target)
  return first && <Form delivery={delivery} first={first} onClose={onClose} />
}

/** Mod+Enter wherever the focus is, before tabs and buttons take it; not above another question. */
function useModEnter(run: () => void): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      if (document.querySelector('[role=alertdialog]') !== null) return
      event.preventDefault()
      event.stopPropagation()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [])
}

type Sides = 'goes-out' | 'answer'

interface FormProps {
  delivery: Delivery
  first: SendingOptions
  onClose: () => void
}

function Form({ delivery, first, onClose }: FormProps) {
  const form = useReplayForm(delivery, first)
  const { draft, change, send, problems, sendable } = form
  const [edit, setEdit] = useState<'request' | 'body'>('request')
  const [side, setSide] = useState<Sides>('goes-out')
  const [tried, setTried] = useState(false)
  const sendIt = () => {
    // Not disabled while it sends: a button that is disabled loses the focus, and Esc with it.
    if (send.isPending) return
    setTried(true)
    if (!sendable) return
    setSide('answer')
    send.mutate()
  }
  useModEnter(sendIt)
  return (
    <Dialog
      large
      title={`Replay ${visibleStart(`${delivery.method} ${maskedTarget(delivery.target)}`, 80)}`}
      onClose={onClose}
      footer={<Footer form={form} onSend={sendIt} onClose={onClose} />}
    >
      <div className="flex min-h-0 flex-1 flex-col">
        <EnterForm onEnter={sendIt} className="shrink-0 border-b border-line px-5 py-4">
          <SendingFields
            options={draft}
            onChange={change}
            endpoint={form.endpoint}
            scheme={form.scheme}
            canSign={form.canSign}
            problems={tried || draft.url === '' ? problems : { shift: problems.shift }}
          />
          {!form.canSign && (
            <p className="pt-2 text-sm text-ink-3">
              Re-signing needs an endpoint with a scheme and a signing secret.
            </p>
          )}
        </EnterForm>
        <div className="flex min-h-0 flex-1 flex-col divide-line max-lg:divide-y lg:flex-row lg:divide-x">
          <section aria-label="Edit" className="flex min-h-72 min-w-0 flex-1 flex-col">
            <PaneTabs
              label="Parts to edit"
              selected={edit}
              onSelect={setEdit}
              tabs={[
                {
                  id: 'request',
                  name: 'Request and headers',
                  marked: form.edited.some((part) => part !== 'body'),
                  content: <EditRequest form={form} delivery={delivery} />,
                },
                {
                  id: 'body',
                  name: 'Body',
                  marked: form.edited.includes('body'),
                  content: (
                    <BodyEditor
                      delivery={delivery}
                      body={draft.body}
                      onChange={(body) => change({ body })}
                    />
                  ),
                },
              ]}
            />
          </section>
          <section aria-label="Outcome" className="flex min-h-72 min-w-0 flex-1 flex-col">
            <PaneTabs
              label="Before and after"
              selected={side}
              onSelect={setSide}
              tabs={[
                {
                  id: 'goes-out',
                  name: 'Goes out',
                  content: sendable ? (
                    <GoesOut
                      {...form.previewed}
                      isCredential={form.isCredential}
                      scheme={form.scheme}
                    />
                  ) : (
                    <p className="p-4 text-ink-3">Shown once it can be sent.</p>
                  ),
                },
                {
                  id: 'answer',
                  name: 'Answer',
                  content: <AnswerPane form={form} delivery={delivery} onClose={onClose} />,
                },
              ]}
            />
          </section>
        </div>
      </div>
    </Dialog>
  )
}

interface AnswerProps {
  form: ReplayForm
  delivery: Delivery
  onClose: () => void
}

function AnswerPane({ form, delivery, onClose }: AnswerProps) {
  const { data, error, isPending } = form.send
  return (
    <div className="flex flex-col gap-3 p-4">
      {isPending && (
        <p role="status" className="text-ink-2">
          Sending…
        </p>
      )}
      {error && !isPending && <Callout tone="red">{errorSentence(error)}</Callout>}
      {data && !isPending && (
        <>
          <Answers delivery={delivery} replay={data} />
          <div>
            <Button
              small
              icon={ArrowLeftRight}
              onPress={() => {
                onClose()
                compareWithOriginal(delivery.id, data.id)
              }}
            >
              Compare with original
            </Button>
          </div>
        </>
      )}
      {!data && !error && !isPending && (
        <p className="text-ink-3">Nothing was sent yet. Its answer will stand here.</p>
      )}
    </div>
  )
}

interface FooterProps {
  form: ReplayForm
  onSend: () => void
  onClose: () => void
}

function Footer({ form, onSend, onClose }: FooterProps) {
  const { send, edited } = form
  const arrived = send.data?.arrivedAsDeliveryId ?? null
  return (
    <>
      {edited.length > 0 && (
        <>
          <span className="text-sm text-amber">Edited: {edited.join(', ')}</span>
          <Button small kind="quiet" icon={Undo2} onPress={form.takeBack}>
            Take edits back
          </Button>
        </>
      )}
      <span className="flex-1" />
      {arrived !== null && (
        <Button
          icon={ArrowRight}
          onPress={() => {
            openDelivery(arrived)
            onClose()
          }}
        >
          Open what arrived
        </Button>
      )}
      <Button onPress={onClose}>Close</Button>
      <Button kind="primary" icon={Send} onPress={onSend}>
        {send.isPending ? 'Sending…' : send.data ? 'Send again' : 'Send'}
      </Button>
      <span className="flex gap-1" aria-hidden>
        <Key>{platform.isMac ? '⌘' : 'Ctrl'}</Key>
        <Key>↵</Key>
      </span>
    </>
  )
}
