import { useMutation } from '@tanstack/react-query'
import { Bookmark } from 'lucide-react'
import { useMemo, useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react'
import type { SavedFilter } from '#contract/saved-filter.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { go, usePlace } from '#renderer/app/location.ts'
import { LineAction, SidebarGroup, SidebarLine } from '#renderer/app/sidebar-item.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { SaveFilterDialog } from './save-filter-dialog.tsx'
import { SavedFilterMenu } from './saved-filter-menu.tsx'
import { useLiveCount } from './use-live-count.ts'
import { moved, useArrangeFilters, useSavedFilters } from './use-saved-filters.ts'

/** Whether the list shows what this filter finds, and nothing else chosen. */
export function isShown(saved: SavedFilter, place: ReturnType<typeof usePlace>): boolean {
  return place.view.kind === 'all' && place.query === saved.query
}

interface LineProps {
  saved: SavedFilter
  chosen: boolean
  first: boolean
  last: boolean
  onEdit: () => void
  onMove: (by: 1 | -1) => void
}

function SavedLine({ saved, chosen, first, last, onEdit, onMove }: LineProps) {
  const { name, query } = saved
  const count = useLiveCount(useMemo(() => ({ query }), [query]))
  const remove = useMutation(
    api.savedFilters.remove.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.savedFilters.key() }),
    }),
  )
  return (
    <SidebarLine
      mark={<Bookmark size={15} aria-hidden className="text-ink-3" />}
      name={visibleStart(name, 80)}
      chosen={chosen}
      onChoose={() => go({ view: { kind: 'all' }, query })}
      count={count}
      action={
        <LineAction>
          <SavedFilterMenu
            {...{ name, first, last, onEdit, onMove }}
            onRemove={() => remove.mutate({ id: saved.id })}
          />
        </LineAction>
      }
    />
  )
}

/** “Saved” of the sidebar: what is built in (`children`), then filters that are dragged or moved by Alt with an arrow. */
export function SavedFilters({ children }: { children: ReactNode }) {
  const all = useSavedFilters()
  const place = usePlace()
  const arrange = useArrangeFilters()
  const [edited, setEdited] = useState<SavedFilter | null>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const [told, setTold] = useState('')
  const move = (from: number, to: number) => {
    const saved = all[from]
    if (!saved || from === to || to < 0 || to >= all.length) return
    arrange(moved(all, from, to))
    setTold(`${saved.name} is now ${to + 1} of ${all.length}.`)
  }
  const onKeyDown = (index: number) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    move(index, index + (event.key === 'ArrowUp' ? -1 : 1))
  }
  const onDragOver = (index: number) => (event: DragEvent) => {
    if (dragged === null) return
    event.preventDefault()
    if (dragged === index) return
    move(dragged, index)
    setDragged(index)
  }
  return (
    <>
      <SidebarGroup title="Saved">
        {children}
        {all.map((saved, index) => (
          <li
            key={saved.id}
            draggable
            className={dragged === index ? 'opacity-50' : ''}
            onKeyDown={onKeyDown(index)}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move'
              setDragged(index)
            }}
            onDragOver={onDragOver(index)}
            onDrop={(event) => event.preventDefault()}
            onDragEnd={() => setDragged(null)}
          >
            <SavedLine
              saved={saved}
              chosen={isShown(saved, place)}
              first={index === 0}
              last={index === all.length - 1}
              onEdit={() => setEdited(saved)}
              onMove={(by) => move(index, index + by)}
            />
          </li>
        ))}
      </SidebarGroup>
      <p role="status" className="sr-only">
        {told}
      </p>
      {edited && (
        <SaveFilterDialog query={edited.query} saved={edited} onClose={() => setEdited(null)} />
      )}
    </>
  )
}
