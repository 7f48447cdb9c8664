import { useQuery } from '@tanstack/react-query'
import { Sparkles } from 'lucide-react'
import type { Delivery } from '#contract/delivery.ts'
import type { EndpointSuggestion as Suggestion } from '#contract/suggestion.ts'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { suggestionWords } from './suggestion-words.ts'

/** What to do about it, after the words. */
function adviceOn({ endpointId, schemeId, secret, path }: Suggestion): string {
  if (schemeId === null) {
    return endpointId === null
      ? 'An endpoint with its signing secret tells which.'
      : 'Its signing secret tells which.'
  }
  if (endpointId !== null) return 'With this scheme the endpoint checks its deliveries.'
  return secret
    ? `That endpoint is at ${visibleStart(secret.endpointPath, 80)}, this came to ${visibleStart(path, 80)}.`
    : 'An endpoint with its signing secret checks these deliveries, also those already here.'
}

function act(suggestion: Suggestion): void {
  const { endpointId, candidates: suggested, name, path, schemeId } = suggestion
  showDialog(
    endpointId === null
      ? { kind: 'new-endpoint', start: { name, path, schemeId }, suggested }
      : { kind: 'edit-endpoint', endpointId, schemeId, suggested },
  )
}

/**
 * On a delivery that no scheme judges but that betrays one, by its marks or by a stored secret: one
 * click makes an endpoint of its path, or gives its endpoint the scheme.
 */
export function EndpointSuggestion({ delivery }: { delivery: Delivery }) {
  const endpoint = useEndpoints().find(({ id }) => id === delivery.endpointId)
  const unjudged = delivery.endpointId === null || endpoint?.schemeId === null
  const suggestion = useQuery({
    ...api.deliveries.suggestEndpoint.queryOptions({ input: { id: delivery.id } }),
    enabled: unjudged,
  }).data
  const schemes = useSchemes()
  if (!unjudged || !suggestion) return null
  const nameOf = (id: string) => schemes.find((scheme) => scheme.id === id)?.name ?? id
  return (
    <Callout
      tone="blue"
      icon={<Sparkles size={15} aria-hidden />}
      action={
        <Button small kind="primary" onPress={() => act(suggestion)}>
          {suggestion.endpointId === null ? 'Make it an endpoint' : 'Choose its scheme'}
        </Button>
      }
    >
      {suggestionWords(suggestion, nameOf)} {adviceOn(suggestion)}
    </Callout>
  )
}
