import { useMutation, useQuery } from '@tanstack/react-query'
import { FolderOpen, Send, Trash2 } from 'lucide-react'
import type { Composed } from '#contract/compose.ts'
import type { Replay } from '#contract/replay.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { useClock } from '#renderer/app/use-clock.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { StatusWord } from '#renderer/replay/replay-outcome.tsx'
import { formatAgo, formatLocal } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

interface LineProps {
  composed: Composed
  /** The last of its requests. */
  last: Replay | undefined
  schemeName: string
  now: number
  onOpen: () => void
  onSendAgain: () => void
  onForget: () => void
}

function Line({ composed, last, schemeName, now, onOpen, onSendAgain, onForget }: LineProps) {
  const { draft, url, replayIds, composedAtMs } = composed
  const name = visibleStart(draft.name === '' ? `${draft.method} request` : draft.name, 80)
  return (
    <li className="group flex items-center gap-3 border-b border-line/60 py-1.5 pr-2 pl-4 focus-within:bg-hover hover:bg-hover">
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="min-w-0 truncate font-medium">{name}</span>
          <span className="truncate text-sm text-ink-3">{schemeName}</span>
        </p>
        <p className="flex items-baseline gap-2 text-sm text-ink-3">
          <span title={formatLocal(composedAtMs)} className="whitespace-nowrap">
            {formatAgo(composedAtMs, now)}
          </span>
          <span className="wire min-w-0 truncate">{visibleStart(url, 200)}</span>
        </p>
      </div>
      {last && <StatusWord replay={last} />}
      {replayIds.length > 1 && <span className="text-sm text-ink-3">× {replayIds.length}</span>}
      <span className="flex">
        <IconButton small icon={FolderOpen} label={`Open ${name} again`} onPress={onOpen} />
        <IconButton small icon={Send} label={`Send ${name} again`} onPress={onSendAgain} />
        <IconButton small icon={Trash2} label={`Forget ${name}`} onPress={onForget} />
      </span>
    </li>
  )
}

interface Props {
  onOpen: (composed: Composed) => void
  onSendAgain: (composed: Composed) => void
}

/** What was composed and sent before, newest first. */
export function ComposeHistory({ onOpen, onSendAgain }: Props) {
  const history = useQuery(api.compose.history.queryOptions({ input: {} })).data
  const sent = useQuery(
    api.replays.list.queryOptions({ input: { origin: 'compose', limit: 500 } }),
  ).data
  const schemes = useSchemes()
  const now = useClock()
  const forget = useMutation(
    api.compose.forget.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.compose.history.key() }),
    }),
  )
  if (!history) return null
  if (history.length === 0) {
    return (
      <p className="p-4 text-ink-3">
        What you send is kept here, to be opened and sent again. A secret given here is not kept.
      </p>
    )
  }
  return (
    <ul aria-label="Composed before">
      {history.map((composed) => (
        <Line
          key={composed.id}
          composed={composed}
          last={sent?.find(({ id }) => id === composed.replayIds.at(-1))}
          schemeName={
            schemes.find(({ id }) => id === composed.draft.schemeId)?.name ??
            composed.draft.schemeId ??
            'plain'
          }
          now={now}
          onOpen={() => onOpen(composed)}
          onSendAgain={() => onSendAgain(composed)}
          onForget={() => forget.mutate({ id: composed.id })}
        />
      ))}
    </ul>
  )
}
