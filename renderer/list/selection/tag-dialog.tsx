import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { TagName } from '#contract/selection.ts'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { inputClass } from '#renderer/controls/field.tsx'
import { formatCount } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

interface Props {
  /** Such as “3 deliveries”. */
  what: string
  /** Tags that all or some of them have, as far as that is known. */
  present: readonly string[]
  onAdd: (tag: string) => void
  onRemove: (tag: string) => void
  onClose: () => void
}

/** Adds tags to what is selected, and takes them away. */
export default function TagDialog({ what, present, onAdd, onRemove, onClose }: Props) {
  const known = useQuery(api.deliveries.tags.queryOptions()).data ?? []
  const [text, setText] = useState('')
  const [added, setAdded] = useState<readonly string[]>([])
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const parsed = TagName.safeParse(text)
  const shown = [...new Set([...present, ...added])].filter((tag) => !gone.has(tag))
  const add = (tag: string) => {
    const name = TagName.safeParse(tag)
    if (!name.success) return
    onAdd(name.data)
    setAdded([...added, name.data])
    setGone(new Set([...gone].filter((each) => each !== name.data)))
    setText('')
  }
  const remove = (tag: string) => {
    onRemove(tag)
    setGone(new Set([...gone, tag]))
  }
  return (
    <Dialog title={`Tag ${what}`} onClose={onClose}>
      <div className="flex flex-col gap-3 pb-1">
        <EnterForm onEnter={() => add(text)} className="flex items-end gap-2">
          <ComboBox
            allowsCustomValue
            allowsEmptyCollection={false}
            inputValue={text}
            onInputChange={setText}
            onChange={(key) => key !== null && add(String(key))}
            items={known.filter(({ name }) => !shown.includes(name))}
            menuTrigger="focus"
            className="flex min-w-0 flex-1 flex-col gap-1"
          >
            <Label className="text-sm font-medium text-ink-2">Tag</Label>
            <Input autoFocus placeholder="Such as “ask-stripe”" className={`h-8 ${inputClass}`} />
            <Popover className="float-shadow max-h-60 w-(--trigger-width) overflow-y-auto rounded-md border border-line bg-raised p-1">
              <ListBox<(typeof known)[number]> className="outline-none">
                {({ name, count }) => (
                  <ListBoxItem
                    id={name}
                    textValue={name}
                    className="flex items-center gap-2 rounded-sm px-2 py-1 outline-none data-[focused]:bg-hover"
                  >
                    <span className="min-w-0 flex-1 truncate">{name}</span>
                    <span className="text-sm text-ink-3">{formatCount(count)}</span>
                  </ListBoxItem>
                )}
              </ListBox>
            </Popover>
          </ComboBox>
          <Button icon={Plus} isDisabled={!parsed.success} onPress={() => add(text)}>
            Add
          </Button>
        </EnterForm>
        {text !== '' && !parsed.success && (
          <p className="text-sm text-red">{parsed.error.issues[0]?.message}</p>
        )}
        <ul aria-label="Tags" className="flex min-h-6 flex-wrap gap-1.5">
          {shown.map((tag) => (
            <li
              key={tag}
              className="flex h-6 items-center gap-1 rounded-md border border-line bg-sunken pr-0.5 pl-2 text-sm"
            >
              {visibleStart(tag, 60)}
              <button
                type="button"
                aria-label={`Remove ${visibleStart(tag, 60)}`}
                onClick={() => remove(tag)}
                className="flex size-5 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
              >
                <X size={11} aria-hidden />
              </button>
            </li>
          ))}
          {shown.length === 0 && <li className="text-sm text-ink-3">No tags yet.</li>}
        </ul>
      </div>
    </Dialog>
  )
}
