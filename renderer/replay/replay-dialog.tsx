import { useMutation, useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { openDelivery } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { HeaderList } from '#renderer/detail/header-list.tsx'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { fieldErrors } from '#renderer/words/errors.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { ReplayOutcome } from './replay-outcome.tsx'

const URL_KEY = 'countersign.replay-url'

/** Sends a delivery again and shows the answer beside the original. */
export function ReplayDialog(props: { deliveryId: number; onClose: () => void }) {
  const input = { id: props.deliveryId }
  const delivery = useQuery(api.deliveries.get.queryOptions({ input })).data
  if (!delivery) return null
  return <Form delivery={delivery} onClose={props.onClose} />
}

/** Whether an endpoint can sign anew: it needs a scheme and a usable secret. */
function useCanSign(delivery: Delivery): boolean {
  const endpoint = useEndpoints().find(({ id }) => id === delivery.endpointId)
  if (!endpoint || endpoint.schemeId === null) return false
  return endpoint.secrets.some(({ state }) => state === 'usable')
}

function Form({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const status = useQuery(api.status.get.queryOptions()).data
  const own = `${status?.listening?.url ?? 'http://127.0.0.1:4100'}${delivery.target}`
  const [url, setUrl] = useState(() => localStorage.getItem(URL_KEY) ?? own)
  const canSign = useCanSign(delivery)
  const [resign, setResign] = useState(canSign)
  const [messageId, setMessageId] = useState<'same' | 'new'>('same')
  const hasMessageId =
    useSchemes().find(({ id }) => id === delivery.schemeId)?.hasMessageId ?? false
  const send = useMutation(
    api.replays.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.replays.key() }),
    }),
  )
  const errors = fieldErrors(send.error, ['url'])
  // Not disabled while it sends: a button that is disabled loses the focus, and Esc with it.
  const replay = () => {
    if (send.isPending) return
    localStorage.setItem(URL_KEY, url)
    send.mutate({ deliveryId: delivery.id, url: url.trim(), resign, messageId })
  }
  const arrived = send.data?.arrivedAsDeliveryId ?? null
  return (
    <Dialog
      title={`Replay ${visibleStart(`${delivery.method} ${delivery.target}`, 80)}`}
      wide={send.data !== undefined}
      onClose={onClose}
      footer={
        <>
          {arrived !== null && (
            <Button
              onPress={() => {
                openDelivery(arrived)
                onClose()
              }}
            >
              Open what arrived
            </Button>
          )}
          <span className="flex-1" />
          <Button onPress={onClose}>Close</Button>
          <Button kind="primary" icon={Send} onPress={replay}>
            {send.isPending ? 'Sending…' : send.data ? 'Send again' : 'Send'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <EnterForm onEnter={() => !send.isPending && replay()}>
          <Field
            label="Send to"
            mono
            type="url"
            value={url}
            onChange={setUrl}
            error={errors.get('url') ?? errors.get('')}
            autoFocus
          />
        </EnterForm>
        <div className="flex flex-wrap gap-6">
          <Segments
            label="Signature"
            showLabel
            value={resign ? 'now' : 'as-it-was'}
            onChange={(id) => setResign(id === 'now')}
            options={[
              { id: 'as-it-was', name: 'As it was' },
              { id: 'now', name: 'Re-signed now', disabled: !canSign },
            ]}
          />
          {resign && hasMessageId && (
            <Segments
              label="Message id"
              showLabel
              value={messageId}
              onChange={setMessageId}
              options={[
                { id: 'same', name: 'Same' },
                { id: 'new', name: 'New' },
              ]}
            />
          )}
        </div>
        {!canSign && (
          <p className="text-sm text-ink-3">
            Re-signing needs an endpoint with a scheme and a signing secret.
          </p>
        )}
        {!resign && canSign && (
          <p className="text-sm text-ink-3">
            The bytes and the old timestamp go out as they came; a receiver may call them stale.
          </p>
        )}
        {send.data && (
          <div className="grid grid-cols-1 gap-5 border-t border-line pt-4 md:grid-cols-2">
            <section className="flex min-w-0 flex-col gap-2">
              <h3 className="text-sm font-semibold text-ink-2">Answered then</h3>
              <p className="font-medium">{delivery.answer?.status ?? 'nothing'}</p>
              <HeaderList rawHeaders={delivery.answer?.rawHeaders ?? []} label="Answer then" />
            </section>
            <section className="flex min-w-0 flex-col gap-2" aria-live="polite">
              <h3 className="text-sm font-semibold text-ink-2">Answered now</h3>
              <ReplayOutcome replay={send.data} />
            </section>
          </div>
        )}
      </div>
    </Dialog>
  )
}
