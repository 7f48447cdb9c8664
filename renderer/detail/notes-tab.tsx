import { useCallback, useEffect, useId, useRef, useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import { NoteText } from '#contract/selection.ts'
import { api, client, queryClient } from '#renderer/app/api.ts'
import { inputClass } from '#renderer/controls/field.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { TagEditor } from './tag-editor.tsx'

/** Who writes is not interrupted; a pause of this length saves. */
const SETTLE_MS = 600

type Saving =
  { kind: 'unchanged' | 'waiting' | 'saving' | 'saved' } | { kind: 'failed'; sentence: string }

/** A note that saves itself: after a pause, and at once when the view goes away. */
function useNote({ id, note }: Delivery) {
  const [text, setText] = useState(note)
  const [saving, setSaving] = useState<Saving>({ kind: 'unchanged' })
  const unsaved = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const save = useCallback(async () => {
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = null
    const wanted = unsaved.current
    if (wanted === null) return
    unsaved.current = null
    setSaving({ kind: 'saving' })
    try {
      await client.deliveries.note({ id, text: wanted })
      // What is read next must not be the note before.
      await queryClient.invalidateQueries(api.deliveries.get.queryOptions({ input: { id } }))
      if (unsaved.current === null) setSaving({ kind: 'saved' })
    } catch (error) {
      unsaved.current ??= wanted
      setSaving({ kind: 'failed', sentence: errorSentence(error) })
    }
  }, [id])
  useEffect(() => () => void save(), [save])
  const write = (next: string) => {
    setText(next)
    const problem = NoteText.safeParse(next).error?.issues[0]
    if (problem) {
      setSaving({ kind: 'failed', sentence: problem.message })
      return
    }
    unsaved.current = next
    setSaving({ kind: 'waiting' })
    if (timer.current !== null) clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), SETTLE_MS)
  }
  return { text, write, saving, save }
}

const words: Record<Exclude<Saving['kind'], 'failed'>, string> = {
  unchanged: 'Saves by itself.',
  waiting: 'Not saved yet…',
  saving: 'Saving…',
  saved: 'Saved',
}

/** A note for oneself, and tags. */
export function NotesTab({ delivery }: { delivery: Delivery }) {
  const [adding, setAdding] = useState(false)
  const { text, write, saving, save } = useNote(delivery)
  const field = useId()
  return (
    <div className="flex min-h-full flex-col gap-4">
      <div className="flex flex-col gap-1">
        <label htmlFor={field} className="text-sm font-medium text-ink-2">
          Note
        </label>
        <textarea
          id={field}
          data-note
          rows={10}
          value={text}
          placeholder="What you found out. The filter finds it: note:word"
          onChange={(event) => write(event.target.value)}
          onBlur={() => void save()}
          className={`resize-y py-2 ${inputClass}`}
        />
        <p
          role="status"
          className={`text-sm ${saving.kind === 'failed' ? 'text-red' : 'text-ink-3'}`}
        >
          {saving.kind === 'failed' ? saving.sentence : words[saving.kind]}
        </p>
      </div>
      <section aria-label="Tags" className="flex flex-col gap-1.5">
        <h3 className="text-sm font-medium text-ink-2">Tags</h3>
        <TagEditor delivery={delivery} adding={adding} onAdding={setAdding} />
      </section>
    </div>
  )
}
