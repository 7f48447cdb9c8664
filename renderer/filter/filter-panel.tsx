import { TriangleAlert } from 'lucide-react'
import type { ParsedFilter } from '#contract/filter/filter.ts'
import { Key } from '#renderer/controls/key.tsx'
import { describeFilter } from './describe.ts'
import { SuggestionList } from './suggestion-list.tsx'
import type { FilterFieldState } from './use-filter-field.ts'

interface Props {
  field: FilterFieldState
  listId: string
  messageId: string
}

function Words({ parsed, nowMs }: { parsed: ParsedFilter; nowMs: number }) {
  if (!parsed.ok) return <span className="text-ink-3">Goes on …</span>
  return (
    <>
      Finds <bdi>{describeFilter(parsed.filter, nowMs)}</bdi>.
    </>
  )
}

/** Under the field while it has the focus: the filter in words or its problem, and suggestions. */
export function FilterPanel({ field, listId, messageId }: Props) {
  const { parsed, problem, suggestions, pick } = field
  return (
    <div className="appear float-shadow absolute top-full right-0 left-0 z-30 mt-1 min-w-90 rounded-md border border-line bg-raised">
      <p
        id={messageId}
        className={`line-clamp-3 px-3 py-1.5 text-sm wrap-anywhere ${problem ? 'text-red' : 'text-ink-2'}`}
      >
        {problem ? (
          <>
            <TriangleAlert size={13} aria-hidden className="mr-1.5 inline-block align-[-2px]" />
            {problem.sentence}
          </>
        ) : (
          <Words parsed={parsed} nowMs={field.nowMs} />
        )}
      </p>
      {suggestions.items.length > 0 && (
        <div className="border-t border-line">
          {suggestions.title !== null && (
            <p className="px-3 pt-1.5 text-xs font-medium text-ink-3">{suggestions.title}</p>
          )}
          <SuggestionList
            id={listId}
            items={suggestions.items}
            active={suggestions.active}
            onPick={pick}
          />
        </div>
      )}
      <p className="flex items-center gap-3 border-t border-line px-3 py-1 text-xs text-ink-3">
        <span className="flex items-center gap-1">
          <Key>↑</Key>
          <Key>↓</Key> choose
        </span>
        <span className="flex items-center gap-1">
          <Key>Enter</Key> apply
        </span>
        <span className="flex items-center gap-1">
          <Key>Esc</Key> clear, then leave
        </span>
      </p>
    </div>
  )
}
