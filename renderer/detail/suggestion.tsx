import { useQuery } from '@tanstack/react-query'
import { Sparkles } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'

/** On a catch-all delivery that betrays its scheme: one click makes an endpoint of its path. */
export function EndpointSuggestion({ delivery }: { delivery: Delivery }) {
  const suggestion = useQuery({
    ...api.deliveries.suggestEndpoint.queryOptions({ input: { id: delivery.id } }),
    enabled: delivery.endpointId === null,
  }).data
  const schemes = useSchemes()
  if (delivery.endpointId !== null || !suggestion) return null
  const scheme = schemes.find(({ id }) => id === suggestion.schemeId)
  return (
    <Callout
      tone="blue"
      icon={<Sparkles size={15} aria-hidden />}
      action={
        <Button
          small
          kind="primary"
          onPress={() => showDialog({ kind: 'new-endpoint', start: suggestion })}
        >
          Make it an endpoint
        </Button>
      }
    >
      {scheme ? `The headers are those of ${scheme.name}.` : 'This path has no endpoint yet.'} An
      endpoint with its signing secret checks these deliveries, also those already here.
    </Callout>
  )
}
