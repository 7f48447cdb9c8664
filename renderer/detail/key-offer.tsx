import { useMutation, useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import type { KeyOffer as Offer } from '#contract/keys.ts'
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
    <Callout tone="blue" icon={<KeyRound size={15} aria-hidden />}>
      <p>{sentenceFor(delivery, offer)}</p>
      <div className="mt-1.5 flex flex-wrap gap-2">
        {host !== null && (
          <Button
            small
            isDisabled={fetchKey.isPending}
            onPress={() => fetchKey.mutate({ id, host })}
          >
            Ask {host} for the certificate
          </Button>
        )}
        <Button small onPress={() => showDialog({ kind: 'edit-endpoint', endpointId })}>
          Paste a key…
        </Button>
      </div>
      {fetchKey.error && <p className="mt-1 text-red">{errorSentence(fetchKey.error)}</p>}
      {fetchKey.data && <p className="mt-1">Stored as “{fetchKey.data.name}”.</p>}
    </Callout>
  )
}

function sentenceFor({ verification }: Delivery, offer: Offer): string {
  if (verification.verdict !== 'no-secret') {
    return 'The provider may sign with another certificate by now.'
  }
  const said = offer.sentence === verification.reason.sentence
  return offer.host !== null || said ? 'Nothing is fetched by itself.' : offer.sentence
}
