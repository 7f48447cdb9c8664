import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Cause, Diagnosis } from '#contract/diagnosis.ts'
import type { Verdict } from '#contract/verdict.ts'
import type { VerifyInput } from '#contract/verify-page.ts'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { CauseCard } from './cause-card.tsx'

/** Whether there is something to explain. */
export function hasWhy(verdict: Verdict): boolean {
  return verdict !== 'valid' && verdict !== 'challenge'
}

function Effort({ searched, elapsedMs, exhausted, causes }: Diagnosis) {
  if (searched === 0) return null
  const cut = exhausted || causes.some(({ verified }) => verified) ? '' : '; time was up'
  const took = Math.max(1, Math.round(elapsedMs))
  return (
    <p className="text-xs text-ink-3 tabular-nums">
      {searched.toLocaleString('en')} {searched === 1 ? 'possibility' : 'possibilities'} tried in{' '}
      {took} ms{cut}
    </p>
  )
}

/** The causes that belong to one finding: two that are needed together, or one. */
function split(causes: readonly Cause[]): { first: Cause[]; others: Cause[] } {
  const count = causes[0] && causes[0].with !== null ? 2 : 1
  return { first: causes.slice(0, count), others: causes.slice(count) }
}

function Causes({ diagnosis }: { diagnosis: Diagnosis }) {
  const [all, setAll] = useState(false)
  const { first, others } = split(diagnosis.causes)
  return (
    <>
      {first.length > 1 && (
        <p className="text-ink-2">Two things are wrong at once; only both together match.</p>
      )}
      {first.map((cause, index) => (
        <CauseCard key={cause.code} cause={cause} showsEvidence={index === first.length - 1} />
      ))}
      {others.length > 0 && (
        <div className="-ml-2">
          <Button small kind="quiet" aria-expanded={all} onPress={() => setAll(!all)}>
            {all ? 'Show fewer' : others.length === 1 ? 'Another cause' : `${others.length} more`}
          </Button>
        </div>
      )}
      {all && others.map((cause) => <CauseCard key={cause.code} cause={cause} showsEvidence />)}
      <Effort {...diagnosis} />
    </>
  )
}

function Why({ diagnosis, error }: { diagnosis: Diagnosis | undefined; error: Error | null }) {
  const isNothing = diagnosis?.causes.length === 0
  if (isNothing) return null
  return (
    <section className="flex flex-col gap-2" aria-label="Why" aria-busy={!diagnosis && !error}>
      <h3 className="text-sm font-semibold text-ink-2">Why</h3>
      {diagnosis ? (
        <Causes diagnosis={diagnosis} />
      ) : error ? (
        <p className="selectable text-red">{errorSentence(error)}</p>
      ) : (
        <p role="status" className="text-ink-3">
          Trying what usually goes wrong…
        </p>
      )}
    </section>
  )
}

/** Why a captured delivery is not valid. */
export function WhyOfDelivery({ deliveryId }: { deliveryId: number }) {
  const { data, error } = useQuery(
    api.deliveries.diagnose.queryOptions({ input: { id: deliveryId } }),
  )
  return <Why diagnosis={data} error={error} />
}

/** Why a pasted request is not valid. */
export function WhyOfPasted({ input }: { input: VerifyInput }) {
  const { data, error } = useQuery(api.verifying.diagnose.queryOptions({ input }))
  return <Why diagnosis={data} error={error} />
}
