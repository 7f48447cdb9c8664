import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { NewEndpoint } from '#contract/endpoint.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { useReach } from '#renderer/public-url/use-reach.ts'
import { fieldErrors } from '#renderer/words/errors.ts'
import { checkBasics } from './check-basics.ts'
import { EndpointBasics, type BasicsDraft } from './endpoint-basics.tsx'
import { newSecretDraft, SecretDrafts } from './secret-drafts.tsx'
import { MakeTestKeyPair, PublicHalf } from './test-key-pair.tsx'
import { draftSettings } from './setting-fields.tsx'
import { draftTolerance } from './tolerance-field.tsx'
import { useSchemes } from './use-endpoints.ts'

const FIELDS = ['name', 'path']

/** Adds an endpoint, with its secrets, and takes over what came to its path before. */
export function NewEndpointDialog(props: {
  start?: Partial<NewEndpoint>
  /** Ids of schemes that it may be of, the surest first. */
  suggested?: string[]
  onClose: () => void
}) {
  const schemes = useSchemes()
  const reach = useReach()
  const [draft, setDraft] = useState<BasicsDraft>({
    name: props.start?.name ?? '',
    path: props.start?.path ?? '',
    schemeId: props.start?.schemeId ?? null,
    tolerance: draftTolerance(null),
    settings: draftSettings(),
    answerChallenges: true,
  })
  const [secrets, setSecrets] = useState(() => [newSecretDraft()])
  const [publicHalf, setPublicHalf] = useState<string | null>(null)
  const [problems, setProblems] = useState(new Map<string, string>())
  const create = useMutation(
    api.endpoints.create.mutationOptions({
      onSuccess: async (endpoint) => {
        await queryClient.invalidateQueries({ queryKey: api.endpoints.key() })
        go({ view: { kind: 'endpoint', id: endpoint.id }, query: '' })
        props.onClose()
      },
    }),
  )
  const errors = problems.size > 0 ? problems : fieldErrors(create.error, FIELDS)
  const scheme = schemes.find(({ id }) => id === draft.schemeId)
  const save = () => {
    const basics = checkBasics(draft, schemes, reach.outside !== null)
    if (basics instanceof Map) return setProblems(basics)
    setProblems(new Map())
    const named = secrets
      .filter(({ text }) => text !== '')
      .map(({ name, text }) => (name.trim() === '' ? { text } : { text, name: name.trim() }))
    create.mutate({ ...basics, secrets: named, adopt: true })
    return undefined
  }
  return (
    <Dialog
      title="Add endpoint"
      onClose={props.onClose}
      footer={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button kind="primary" isDisabled={create.isPending} onPress={save}>
            Add endpoint
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <EndpointBasics
          draft={draft}
          onChange={setDraft}
          schemes={schemes}
          errors={errors}
          reach={reach}
          onLeave={props.onClose}
          suggested={props.suggested}
        />
        {scheme && (
          <SecretDrafts
            drafts={secrets}
            onChange={setSecrets}
            hint=""
            errors={errors}
            publicKey={scheme.secretKind === 'public-key'}
          />
        )}
        {scheme?.secretKind === 'public-key' && (
          <MakeTestKeyPair
            schemeId={scheme.id}
            onMade={({ publicKeyText, privateKeyText }) => {
              setPublicHalf(publicKeyText)
              const pair = {
                ...newSecretDraft(),
                name: 'test key pair',
                text: privateKeyText ?? '',
              }
              setSecrets([...secrets.filter(({ text }) => text !== ''), pair])
            }}
          />
        )}
        {publicHalf !== null && scheme?.secretKind === 'public-key' && (
          <PublicHalf text={publicHalf} />
        )}
        <p className="text-sm text-ink-3">
          Deliveries that already came to this path move here and are judged.
        </p>
        {errors.get('') && <p className="selectable text-red">{errors.get('')}</p>}
        <button type="submit" hidden aria-label="Add endpoint" />
      </form>
    </Dialog>
  )
}
