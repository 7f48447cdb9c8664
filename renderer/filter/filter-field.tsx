import { BookmarkPlus, ListFilter, X } from 'lucide-react'
import { useId, useState } from 'react'
import { useCommand } from '#renderer/commands/use-command.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { FilterInput } from './filter-input.tsx'
import { FilterPanel } from './filter-panel.tsx'
import { SaveFilterDialog } from './save-filter-dialog.tsx'
import { useFilterField } from './use-filter-field.ts'
import { useSavedFilters } from './use-saved-filters.ts'

/** The one field that finds: language, suggestions, words and problems. `query`: what is applied. */
export function FilterField({ query: applied }: { query: string }) {
  const field = useFilterField(applied)
  const { draft, parsed, problem } = field
  const [saving, setSaving] = useState<string | null>(null)
  const listId = useId()
  const messageId = useId()
  const query = draft.text.trim()
  const known = useSavedFilters().some((saved) => saved.query === query)
  const savable = parsed.ok && query !== '' && !known
  const save = () => setSaving(query)
  useCommand('filter.save', save, savable)
  return (
    <div role="search" className="relative max-w-180 min-w-40 grow-100 basis-0">
      <div
        className={`flex h-8 items-center gap-0.5 rounded-md border bg-surface pr-0.5 pl-2 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus ${problem ? 'border-red' : 'border-line-strong hover:border-ink-3'}`}
      >
        <ListFilter size={14} aria-hidden className="shrink-0 text-ink-3" />
        <FilterInput field={field} listId={listId} messageId={messageId} />
        {savable && (
          <IconButton small icon={BookmarkPlus} label="Save this filter" onPress={save} />
        )}
        {draft.text !== '' && (
          <IconButton
            small
            icon={X}
            label="Clear the filter"
            onPress={() => {
              draft.clear()
              field.input.current?.focus()
            }}
          />
        )}
      </div>
      {/* There before its text is, or a screen reader does not tell of it. */}
      <p role="status" className="sr-only">
        {field.focused && problem ? problem.sentence : ''}
      </p>
      {field.open && <FilterPanel field={field} listId={listId} messageId={messageId} />}
      {saving !== null && <SaveFilterDialog query={saving} onClose={() => setSaving(null)} />}
    </div>
  )
}
