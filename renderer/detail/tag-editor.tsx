import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import { TagName } from '#contract/selection.ts'
import { api } from '#renderer/app/api.ts'
import { inputClass } from '#renderer/controls/field.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { useMarks } from './use-marks.ts'

interface Props {
  delivery: Delivery
  /** The field for another tag; opened from elsewhere too. */
  adding: boolean
  onAdding: (adding: boolean) => void
}

/** The tags of a delivery, to be taken away and added to. */
export function TagEditor({ delivery, adding, onAdding }: Props) {
  const { mark, error } = useMarks(delivery)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    onAdding(false)
    requestAnimationFrame(() => opener.current?.focus())
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {delivery.tags.map((tag) => (
        <span
          key={tag}
          className="inline-flex h-5 items-center rounded-sm border border-line bg-sunken pl-1.5 text-xs font-medium text-ink-2"
        >
          <bdi className="max-w-40 truncate">{visibleStart(tag, 60)}</bdi>
          <button
            type="button"
            aria-label={`Remove tag ${visibleStart(tag, 60)}`}
            onClick={() => mark({ removeTags: [tag] })}
            className="ml-0.5 inline-flex size-5 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
          >
            <X size={11} aria-hidden />
          </button>
        </span>
      ))}
      {adding ? (
        <NewTag has={delivery.tags} onAdd={(tag) => mark({ addTags: [tag] })} onClose={close} />
      ) : (
        <button
          ref={opener}
          type="button"
          onClick={() => onAdding(true)}
          className="inline-flex h-5 items-center gap-0.5 rounded-sm px-1 text-xs text-ink-3 hover:bg-hover hover:text-ink"
        >
          <Plus size={11} aria-hidden />
          {delivery.tags.length === 0 ? 'Add tag' : <span className="sr-only">Add tag</span>}
        </button>
      )}
      {error && <span className="text-sm text-red">{errorSentence(error)}</span>}
    </span>
  )
}

interface NewTagProps {
  has: readonly string[]
  onAdd: (tag: string) => void
  onClose: () => void
}

function NewTag({ has, onAdd, onClose }: NewTagProps) {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const listId = useId()
  const known = useQuery(api.deliveries.tags.queryOptions()).data ?? []
  const add = () => {
    const read = TagName.safeParse(text)
    if (!read.success) {
      setProblem(read.error.issues[0]?.message ?? 'This is no tag.')
      return
    }
    onAdd(read.data)
    setText('')
    setProblem(null)
  }
  return (
    <span className="inline-flex items-center gap-2">
      <input
        // It was asked for just now.
        ref={(field) => {
          if (field && field !== document.activeElement && text === '') field.focus()
        }}
        type="text"
        aria-label="New tag"
        aria-invalid={problem !== null}
        list={listId}
        value={text}
        spellCheck={false}
        autoComplete="off"
        placeholder="tag, Enter"
        onChange={(event) => {
          setText(event.target.value)
          setProblem(null)
        }}
        onBlur={() => text.trim() === '' && onClose()}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape' || (event.key === 'Enter' && text.trim() === '')) onClose()
          else if (event.key === 'Enter') add()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
        className={`h-6 max-w-36 text-sm ${inputClass}`}
      />
      <datalist id={listId}>
        {known
          .filter(({ name }) => !has.includes(name))
          .slice(0, 50)
          .map(({ name }) => (
            <option key={name} value={name} />
          ))}
      </datalist>
      {problem !== null && (
        <span role="alert" className="text-sm text-red">
          {problem}
        </span>
      )}
    </span>
  )
}
