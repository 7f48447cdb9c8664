import { useMutation, useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import type { CheckSummary } from '#contract/check.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { go } from '#renderer/app/location.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { formatAgo, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { outcomeLooks } from './outcome-words.ts'

function Outcome({ check }: { check: CheckSummary }) {
  if (check.state === 'running') {
    return (
      <span className="text-sm text-ink-2">
        {check.done} of {check.total}
      </span>
    )
  }
  const bad = check.state === 'failed' || check.failed > 0
  const { icon: Icon, text } = outcomeLooks[bad ? 'failed' : 'passed']
  const words =
    check.state === 'failed'
      ? 'not run'
      : check.failed > 0
        ? `${check.failed} failed`
        : check.state === 'cancelled'
          ? 'cancelled'
          : 'all hold'
  return (
    <span className={`flex items-center gap-1 text-sm font-medium whitespace-nowrap ${text}`}>
      <Icon size={13} strokeWidth={2.25} aria-hidden />
      {words}
    </span>
  )
}

const open = (checkId: number | null) =>
  go({ view: { kind: 'checks', checkId }, query: '', deliveryId: null })

/** Checks that were run before, newest first. */
export function EarlierChecks({ chosen }: { chosen: number | null }) {
  const checks = useQuery(api.checks.list.queryOptions({ input: {} })).data ?? []
  const now = useClock()
  const remove = useMutation(
    api.checks.remove.mutationOptions({
      onSuccess: async (_, { id }) => {
        if (Number(id) === chosen) open(null)
        await queryClient.invalidateQueries({ queryKey: api.checks.list.key() })
      },
    }),
  )
  if (checks.length === 0) return null
  return (
    <section aria-label="Earlier checks" className="flex flex-col gap-1">
      <h2 className="text-sm font-semibold text-ink-2">Earlier checks</h2>
      <ul className="flex flex-col">
        {checks.map((check) => (
          <li
            key={check.id}
            className={`group -mx-2 flex items-center gap-2 rounded-md pr-1 ${check.id === chosen ? 'bg-accent-soft' : 'hover:bg-hover'}`}
          >
            <button
              type="button"
              aria-current={check.id === chosen}
              onClick={() => open(check.id)}
              className="min-w-0 flex-1 rounded-md px-2 py-1 text-left -outline-offset-2"
            >
              <span className="flex items-center gap-2">
                <span className="min-w-0 flex-1 truncate">{check.schemeName}</span>
                <Outcome check={check} />
              </span>
              <span
                className="flex gap-2 text-sm text-ink-3"
                title={formatLocal(check.startedAtMs)}
              >
                <span className="wire min-w-0 flex-1 truncate">{visibleStart(check.url, 200)}</span>
                {formatAgo(check.startedAtMs, now)}
              </span>
            </button>
            <IconButton
              small
              icon={Trash2}
              label={`Remove the check of ${visibleStart(check.url, 80)}`}
              onPress={() => remove.mutate({ id: check.id })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
