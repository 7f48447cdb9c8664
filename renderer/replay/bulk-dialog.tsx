import { useMutation, useQuery } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useState } from 'react'
import type { Batch } from '#contract/replay.ts'
import type { Selection } from '#contract/selection.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CheckBox } from '#renderer/controls/check-box.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { withAllowedHost } from './allowed-host.ts'
import { bulkSentence, paceInput, paceProblems, type BulkPace } from './bulk-words.ts'
import { optionProblems } from './replay-draft.ts'
import { SendingFields } from './sending-fields.tsx'
import { keepOptions, sendingInput, type SendingOptions } from './sending-options.ts'
import { canSignWith, useFirstOptions } from './use-replay-form.ts'

export interface BulkProps {
  selection: Selection
  /** Such as “1,204 deliveries”. */
  what: string
  /** How many, where that is known. */
  count: number | null
  /** Of which they all are; `null`: of several, or of none. */
  endpointId: number | null
  /** Where to, where it is said already. */
  url?: string
}

const firstPace: BulkPace = {
  pace: 'free',
  perSecond: '10',
  speed: '1',
  concurrency: '1',
  stopOnFailure: false,
}

/** Sends many deliveries again: where to, signed how, how fast. */
export function BulkDialog(props: BulkProps & { onClose: () => void }) {
  const first = useFirstOptions(props.endpointId, '')
  const endpoints = useQuery(api.endpoints.list.queryOptions()).data
  if (!first || !endpoints) return null
  const own = endpoints.find(({ id }) => id === props.endpointId)
  // Of several endpoints each signs with its own; those that cannot fail, and are told.
  const canSign = own ? canSignWith(own) : endpoints.some(canSignWith)
  const url = props.url ?? first.url
  return <Form {...props} first={{ ...first, url, resign: canSign }} canSign={canSign} own={own} />
}

interface FormProps extends BulkProps {
  first: SendingOptions
  canSign: boolean
  own: Parameters<typeof canSignWith>[0]
  onClose: () => void
}

async function start(
  { selection, endpointId }: BulkProps,
  options: SendingOptions,
  chosen: BulkPace,
): Promise<Batch> {
  const input = { selection, ...sendingInput(options), ...paceInput(chosen) }
  const batch = await withAllowedHost(() => client.batches.create(input))
  keepOptions(endpointId, options)
  await queryClient.invalidateQueries({ queryKey: api.batches.key() })
  await queryClient.invalidateQueries({ queryKey: api.status.get.key() })
  return batch
}

function Form(props: FormProps) {
  const { what, count, first, canSign, own, onClose } = props
  const [options, setOptions] = useState(first)
  const [chosen, setChosen] = useState(firstPace)
  const [tried, setTried] = useState(false)
  const scheme = useSchemes().find(({ id }) => id === own?.schemeId)
  const begin = useMutation({
    mutationFn: () => start(props, options, chosen),
    onSuccess: ({ id }) => {
      onClose()
      go({ view: { kind: 'replays', batchId: id }, query: '', deliveryId: null })
    },
  })
  const problems = optionProblems(options)
  const wrong = paceProblems(chosen)
  const sendable = Object.keys({ ...problems, ...wrong }).length === 0
  const send = () => {
    setTried(true)
    if (sendable && !begin.isPending) begin.mutate()
  }
  return (
    <Dialog
      wide
      title={`Replay ${what}`}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" icon={Send} onPress={send}>
            {begin.isPending ? 'Starting…' : `Replay ${what}`}
          </Button>
        </>
      }
    >
      <EnterForm onEnter={send} className="flex flex-col gap-5 pb-1">
        <SendingFields
          many
          options={options}
          onChange={(change) => setOptions({ ...options, ...change })}
          endpoint={own}
          scheme={scheme}
          canSign={canSign}
          problems={tried ? problems : { shift: problems.shift }}
        />
        <PaceFields chosen={chosen} onChange={setChosen} wrong={wrong} />
        <Callout tone={sendable ? 'blue' : 'grey'}>
          <span role="status">
            {sendable
              ? bulkSentence({
                  what,
                  count,
                  url: visibleStart(options.url.trim(), 200),
                  resign: options.resign,
                  chosen,
                })
              : 'Says what will happen once all fields can be read.'}
          </span>
        </Callout>
        {begin.error && (
          <p role="alert" className="selectable text-red">
            {errorSentence(begin.error)}
          </p>
        )}
      </EnterForm>
    </Dialog>
  )
}

interface PaceProps {
  chosen: BulkPace
  onChange: (chosen: BulkPace) => void
  wrong: ReturnType<typeof paceProblems>
}

function PaceFields({ chosen, onChange, wrong }: PaceProps) {
  const set = (change: Partial<BulkPace>) => onChange({ ...chosen, ...change })
  return (
    <div className="flex flex-col gap-4">
      <div className="flex min-h-13 flex-wrap items-start gap-x-6 gap-y-3">
        <Segments
          label="Pace"
          showLabel
          value={chosen.pace}
          onChange={(pace) => set({ pace })}
          options={[
            { id: 'free', name: 'As fast as possible' },
            { id: 'rate', name: 'So many a second' },
            { id: 'gaps', name: 'As they came' },
          ]}
        />
        {chosen.pace === 'rate' && (
          <div className="w-28">
            <Field
              label="A second"
              mono
              inputMode="decimal"
              value={chosen.perSecond}
              onChange={(perSecond) => set({ perSecond })}
              error={wrong.perSecond}
            />
          </div>
        )}
        {chosen.pace === 'gaps' && (
          <div className="w-28">
            <Field
              label="Times as fast"
              mono
              inputMode="decimal"
              value={chosen.speed}
              onChange={(speed) => set({ speed })}
              error={wrong.speed}
            />
          </div>
        )}
        <div className="w-28">
          <Field
            label="At once"
            mono
            inputMode="numeric"
            value={chosen.concurrency}
            onChange={(concurrency) => set({ concurrency })}
            error={wrong.concurrency}
          />
        </div>
      </div>
      <CheckBox
        label="Stop at the first failure"
        on={chosen.stopOnFailure}
        onChange={(stopOnFailure) => set({ stopOnFailure })}
      />
    </div>
  )
}
