import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Endpoint } from '#contract/endpoint.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { useReach } from '#renderer/public-url/use-reach.ts'
import { withAllowedHost } from '#renderer/replay/allowed-host.ts'
import { ReceiverCode } from '#renderer/verification/receiver-code.tsx'
import { errorSentence, fieldErrors } from '#renderer/words/errors.ts'
import { checkBasics } from './check-basics.ts'
import {
  AnswerSection,
  EditSections,
  type EndpointSection,
  ForwardSection,
} from './edit-sections.tsx'
import { EndpointBasics, type BasicsDraft } from './endpoint-basics.tsx'
import { SecretList } from './secret-list.tsx'
import { draftSettings } from './setting-fields.tsx'
import { draftTolerance } from './tolerance-field.tsx'
import { type EndpointUpdate, useActing } from './use-acting.ts'
import { useEndpoints, useSchemes } from './use-endpoints.ts'

const FIELDS = ['name', 'path']
const refetch = () => queryClient.invalidateQueries({ queryKey: api.endpoints.key() })

function RemoveEndpoint(props: { endpoint: Endpoint; onRemoved: () => void; onKeep: () => void }) {
  const remove = useMutation(
    api.endpoints.remove.mutationOptions({
      onSuccess: async () => {
        await refetch()
        go({ view: { kind: 'all' }, query: '' })
        props.onRemoved()
      },
    }),
  )
  return (
    <Callout
      tone="red"
      action={
        <div className="flex gap-2">
          <Button small onPress={props.onKeep}>
            Keep it
          </Button>
          <Button
            small
            kind="danger"
            autoFocus
            isDisabled={remove.isPending}
            onPress={() => remove.mutate({ id: props.endpoint.id })}
          >
            Remove endpoint
          </Button>
        </div>
      }
    >
      Its deliveries stay, under its name and with their verdicts. Its signing secrets are deleted.
      {remove.error && <span className="block text-red">{errorSentence(remove.error)}</span>}
    </Callout>
  )
}

interface Opening {
  /** The scheme to begin with, where another than its own is proposed. */
  schemeId?: string | null
  /** Ids of schemes that it may be of, the surest first. */
  suggested?: string[]
  section?: EndpointSection
  onClose: () => void
}

/** Changes an endpoint; its secrets apply at once, the rest with Save. */
export function EditEndpointDialog({ endpointId, ...opening }: Opening & { endpointId: number }) {
  const endpoint = useEndpoints().find(({ id }) => id === endpointId)
  if (!endpoint) return null
  return <Form {...opening} endpoint={endpoint} />
}

function draftBasics(endpoint: Endpoint, schemeId: string | null | undefined): BasicsDraft {
  return {
    name: endpoint.name,
    path: endpoint.path,
    schemeId: schemeId ?? endpoint.schemeId,
    tolerance: draftTolerance(endpoint.tolerance),
    settings: draftSettings(endpoint),
    answerChallenges: endpoint.answerChallenges,
  }
}

function Form(props: Opening & { endpoint: Endpoint }) {
  const { endpoint, onClose } = props
  const schemes = useSchemes()
  const reach = useReach()
  const [draft, setDraft] = useState(() => draftBasics(endpoint, props.schemeId))
  const [section, setSection] = useState<EndpointSection>(props.section ?? 'checking')
  const acting = useActing(endpoint)
  const [removing, setRemoving] = useState(false)
  const [problems, setProblems] = useState(new Map<string, string>())
  const update = useMutation({
    mutationFn: (input: EndpointUpdate) => withAllowedHost(() => client.endpoints.update(input)),
    onSuccess: async () => {
      await refetch()
      onClose()
    },
  })
  const errors = problems.size > 0 ? problems : fieldErrors(update.error, FIELDS)
  const scheme = schemes.find(({ id }) => id === draft.schemeId)
  const save = () => {
    const basics = checkBasics(draft, schemes, reach.outside !== null)
    setProblems(basics instanceof Map ? basics : new Map())
    if (basics instanceof Map) return setSection('checking')
    const read = acting.read()
    if (typeof read === 'string') return setSection(read)
    return update.mutate({ id: endpoint.id, ...basics, ...read })
  }
  const common = { endpoint, scheme, insist: acting.insist }
  const panels = {
    checking: (
      <>
        <EnterForm onEnter={save} className="flex flex-col gap-4">
          <EndpointBasics
            draft={draft}
            onChange={setDraft}
            schemes={schemes}
            errors={errors}
            reach={reach}
            onLeave={onClose}
            suggested={props.suggested}
          />
        </EnterForm>
        <SecretList
          endpoint={endpoint}
          scheme={schemes.find(({ id }) => id === endpoint.schemeId)}
          hint={scheme?.secretHint ?? ''}
        />
        {scheme && <ReceiverCode schemeId={scheme.id} schemeName={scheme.name} />}
      </>
    ),
    answer: (
      <AnswerSection
        {...common}
        forwarding={acting.forwarding}
        draft={acting.answering}
        onChange={acting.setAnswering}
      />
    ),
    forward: (
      <ForwardSection
        {...common}
        answerMode={acting.answering.mode}
        draft={acting.forwarding}
        onChange={acting.setForwarding}
      />
    ),
  }
  return (
    <Dialog
      title={`Endpoint ${endpoint.name}`}
      onClose={onClose}
      footer={
        <>
          <span className="flex-1">
            {!removing && (
              <Button kind="danger" onPress={() => setRemoving(true)}>
                Remove…
              </Button>
            )}
          </span>
          <Button onPress={onClose}>Close</Button>
          <Button kind="primary" isDisabled={update.isPending} onPress={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {removing && (
          <RemoveEndpoint
            endpoint={endpoint}
            onRemoved={onClose}
            onKeep={() => setRemoving(false)}
          />
        )}
        <EditSections
          section={section}
          onSection={setSection}
          marked={acting.marked}
          wrong={acting.wrong}
          panels={panels}
        />
        {errors.get('') && <p className="selectable text-red">{errors.get('')}</p>}
      </div>
    </Dialog>
  )
}
