import type { EndpointSuggestion } from '#contract/suggestion.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

/** So many schemes are named; of more their number is told. */
const MOST_NAMED = 3

/** What a delivery looks like and what tells so, in one or two sentences. */
export function suggestionWords(
  suggestion: EndpointSuggestion,
  nameOf: (schemeId: string) => string,
): string {
  const { schemeId, confidence, secret, candidates, endpointId } = suggestion
  if (schemeId === null) return severalWords(candidates.map(nameOf))
  const name = nameOf(schemeId)
  if (secret) {
    const whose =
      secret.endpointId === endpointId
        ? 'of this endpoint'
        : `of endpoint ${visibleStart(secret.endpointName, 80)}`
    return `Looks like ${name}: the secret “${visibleStart(secret.name, 80)}” ${whose} matches.`
  }
  return confidence === 'certain'
    ? `The headers are those of ${name}.`
    : `The headers look like those of ${name}.`
}

function severalWords(names: readonly string[]): string {
  const [only] = names
  if (names.length === 1 && only !== undefined) return `This may be ${only}.`
  const more = names.length - MOST_NAMED
  const shown = more > 0 ? names.slice(0, MOST_NAMED) : names.slice(0, -1)
  const last = more > 0 ? `${more} ${more === 1 ? 'other' : 'others'}` : (names.at(-1) ?? '')
  return `This may be ${shown.join(', ')} or ${last}: their signatures stand in the same place.`
}
