import type { DeliveryRow } from '#contract/delivery.ts'
import { formatDuration, formatLocal, ordinal } from '#renderer/words/format.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'

/** As many attempts as stand on one line; of more, the first two and the newest are shown. */
const MOST = 7

/** The attempts of one message on a line, with the gaps between them. */
export function AttemptsLine(props: {
  attempts: DeliveryRow[]
  currentId: number
  onOpen: (id: number) => void
}) {
  const { attempts, currentId, onOpen } = props
  const numbered = attempts.map((row, index) => ({ row, number: index + 1 }))
  const shown =
    numbered.length <= MOST ? numbered : [...numbered.slice(0, 2), ...numbered.slice(2 - MOST)]
  return (
    <ol className="flex flex-wrap items-center gap-y-2">
      {shown.map(({ row, number }, position) => {
        const before = shown[position - 1]
        const look = verdictLooks[row.verdict]
        const current = row.id === currentId
        return (
          <li key={row.id} className="flex items-center">
            {before && (
              <span className="flex items-center gap-1.5 px-1 text-xs text-ink-3">
                <span className="h-px w-3 bg-line-strong" />
                {number - before.number > 1 && <span>{number - before.number - 1} more, </span>}
                {formatDuration(row.receivedAtMs - before.row.receivedAtMs)}
                <span className="h-px w-3 bg-line-strong" />
              </span>
            )}
            <button
              type="button"
              title={`${formatLocal(row.receivedAtMs)}: ${look.word}`}
              aria-current={current ? 'true' : undefined}
              onClick={() => onOpen(row.id)}
              className={`flex h-6 items-center gap-1 rounded-md border px-1.5 text-sm hover:bg-hover ${current ? 'border-accent bg-accent-soft font-medium' : 'border-line'}`}
            >
              <look.icon size={12} aria-hidden className={look.text} />
              {ordinal(number)}
              <span className="sr-only">, {look.word}</span>
            </button>
          </li>
        )
      })}
    </ol>
  )
}
