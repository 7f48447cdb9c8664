import type { Place } from '#renderer/app/location.ts'
import { useEndpoints } from '#renderer/endpoints/use-endpoints.ts'
import { NothingMatches } from '#renderer/filter/nothing-matches.tsx'
import { Centred, FirstRun } from '#renderer/onboarding/first-run.tsx'

/** Shown in place of rows: teaches one thing, offers one action. */
export function EmptyList({ view, query }: Pick<Place, 'view' | 'query'>) {
  const endpoints = useEndpoints()
  if (query !== '') return <NothingMatches view={view} query={query} />
  if (view.kind === 'endpoint') {
    const endpoint = endpoints.find(({ id }) => id === view.id)
    const path = endpoint?.path.replace(/\/\*$/, '/anything') ?? '/'
    return <FirstRun path={path} endpointId={view.id} />
  }
  if (view.kind === 'failures') {
    return (
      <Centred title="No failures">
        <p className="text-ink-2">
          Deliveries that a correct receiver would refuse gather here: invalid, stale, unsigned,
          malformed or incomplete.
        </p>
      </Centred>
    )
  }
  if (view.kind === 'duplicates') {
    return (
      <Centred title="No duplicates">
        <p className="text-ink-2">
          A delivery that repeats an earlier one of its endpoint is marked and gathers here.
        </p>
      </Centred>
    )
  }
  if (view.kind === 'catch-all') {
    return (
      <Centred title="Nothing on the catch-all">
        <p className="text-ink-2">Deliveries to paths that no endpoint has come here.</p>
      </Centred>
    )
  }
  return <FirstRun path="/" endpointId={null} />
}
