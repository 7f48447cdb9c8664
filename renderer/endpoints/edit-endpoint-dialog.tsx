import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Endpoint } from '#contract/endpoint.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { ReceiverCode } from '#renderer/verification/receiver-code.tsx'
import { errorSentence, fieldErrors } from '#renderer/words/errors.ts'
import { checkBasics } from './check-basics.ts'
import { EndpointBasics, type BasicsDraft } from './endpoint-basics.tsx'
import { SecretList } from './secret-list.tsx'
import { draftSettings } from './setting-fields.tsx'
import { draftTolerance } from './tolerance-field.tsx'
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

/** Changes an endpoint; its secrets apply at once, the rest with Save. */
export function EditEndpointDialog(props: {
  endpointId: number
  /** The scheme to begin with, where another than its own is proposed. */
  schemeId?: string | null
  /** Ids of schemes that it may be of, the surest first. */
  suggested?: string[]
  onClose: () => void
}) {
  const endpoint = useEndpoints().find(({ id }) => id === props.endpointId)
  if (!endpoint) return null
  return <Form {...props} endpoint={endpoint} />
}

function Form(props: {
  endpoint: Endpoint
  schemeId?: string | null
  suggested?: string[]
  onClose: () => void
}) {
  const { endpoint, onClose } = props
  const schemes = useSchemes()
  const captureUrl = useQuery(api.status.get.queryOptions()).data?.listening?.url ?? null
  const [draft, setDraft] = useState<BasicsDraft>({
    name: endpoint.name,
    path: endpoint.path,
    schemeId: props.schemeId ?? endpoint.schemeId,
    tolerance: draftTolerance(endpoint.tolerance),
    settings: draftSettings(endpoint),
    answerChallenges: endpoint.answerChallenges,
  })
  const [removing, setRemoving] = useState(false)
  const [problems, setProblems] = useState(new Map<string, string>())
  const update = useMutation(
    api.endpoints.update.mutationOptions({
      onSuccess: async () => {
        await refetch()
        onClose()
      },
    }),
  )
  const errors = problems.size > 0 ? problems : fieldErrors(update.error, FIELDS)
  const scheme = schemes.find(({ id }) => id === draft.schemeId)
  const save = () => {
    const basics = checkBasics(draft, schemes)
    if (basics instanceof Map) return setProblems(basics)
    setProblems(new Map())
    update.mutate({ id: endpoint.id, ...basics })
    return undefined
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
        <EnterForm onEnter={save} className="flex flex-col gap-4">
          <EndpointBasics
            draft={draft}
            onChange={setDraft}
            schemes={schemes}
            errors={errors}
            captureUrl={captureUrl}
            suggested={props.suggested}
          />
        </EnterForm>
        <SecretList
          endpoint={endpoint}
          scheme={schemes.find(({ id }) => id === endpoint.schemeId)}
          hint={scheme?.secretHint ?? ''}
        />
        {scheme && <ReceiverCode schemeId={scheme.id} schemeName={scheme.name} />}
        {errors.get('') && <p className="selectable text-red">{errors.get('')}</p>}
      </div>
    </Dialog>
  )
}
