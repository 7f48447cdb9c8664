import { useMutation, useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { errorSentence } from '#renderer/words/errors.ts'

/** What to do about a key that the provider publishes: asked for by a press only, or pasted. */
export function KeyOffer({ delivery }: { delivery: Delivery }) {
  const { id, endpointId, verification } = delivery
  const scheme = useSchemes().find((one) => one.id === verification.schemeId)
  const unchecked = verification.verdict === 'no-secret'
  const wanted =
    endpointId !== null &&
    scheme?.keyHost != null &&
    (unchecked || verification.verdict === 'invalid')
  const offer = useQuery({
    ...api.deliveries.keyOffer.queryOptions({ input: { id } }),
    enabled: wanted,
  }).data
  const fetchKey = useMutation(
    api.deliveries.fetchKey.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.endpoints.key() }),
    }),
  )
  if (!wanted || !offer || (!unchecked && offer.host === null)) return null
  const { host } = offer
  return (
    <Callout
      tone="blue"
      icon={<KeyRound size={15} aria-hidden />}
      action={
        <Button small onPress={() => showDialog({ kind: 'edit-endpoint', endpointId })}>
          Paste a key…
        </Button>
      }
    >
      <p>
        {host === null
          ? offer.sentence
          : unchecked
            ? 'The certificate that checks this delivery is not here. Nothing is fetched by itself.'
            : 'The provider may sign with another certificate by now.'}
      </p>
      {host !== null && (
        <Button small isDisabled={fetchKey.isPending} onPress={() => fetchKey.mutate({ id, host })}>
          Ask {host} for the certificate
        </Button>
      )}
      {fetchKey.error && <p className="text-red">{errorSentence(fetchKey.error)}</p>}
      {fetchKey.data && <p>Stored as “{fetchKey.data.name}”. Verdicts follow at once.</p>}
    </Callout>
  )
}
