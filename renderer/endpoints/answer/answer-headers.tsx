import { Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { inputClass } from '#renderer/controls/field.tsx'
import { type HeaderDraft, newKey } from './answering-draft.ts'

interface Props {
  headers: readonly HeaderDraft[]
  problems: Map<string, string>
  onChange: (headers: readonly HeaderDraft[]) => void
}

/** The headers of an answer, line by line; a value is a template. */
export function AnswerHeaders({ headers, problems, onChange }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const focus = (key: number | undefined) =>
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-header="${key ?? 'add'}"]`)?.focus(),
    )
  const change = (key: number, to: Partial<HeaderDraft>) =>
    onChange(headers.map((each) => (each.key === key ? { ...each, ...to } : each)))
  const add = () => {
    const key = newKey()
    onChange([...headers, { key, name: '', value: '' }])
    focus(key)
  }
  const remove = (index: number) => {
    const next = headers.filter((_, at) => at !== index)
    onChange(next)
    focus((next[index] ?? next.at(-1))?.key)
  }
  const fieldClass = `h-7 font-mono text-[12.5px] ${inputClass}`
  return (
    <div ref={list} role="group" aria-label="Answer headers" className="flex flex-col gap-1">
      <span aria-hidden className="text-sm font-medium text-ink-2">
        Headers
      </span>
      {headers.map(({ key, name, value }, index) => {
        const problem = problems.get(`header ${key}`)
        return (
          <div key={key} className="flex flex-col gap-0.5">
            <div className="flex items-center gap-1">
              <input
                aria-label={`Name of header ${index + 1}`}
                data-header={key}
                placeholder="X-Request-Id"
                className={`${fieldClass} max-w-48`}
                value={name}
                spellCheck={false}
                autoComplete="off"
                onChange={({ target }) => change(key, { name: target.value })}
              />
              <input
                aria-label={`Value of header ${index + 1}`}
                placeholder="{{header X-Request-Id}}"
                aria-invalid={problem !== undefined}
                className={fieldClass}
                value={value}
                spellCheck={false}
                autoComplete="off"
                onChange={({ target }) => change(key, { value: target.value })}
              />
              <IconButton
                small
                icon={Trash2}
                label={`Remove header ${index + 1}`}
                onPress={() => remove(index)}
              />
            </div>
            {problem !== undefined && <p className="text-sm text-red">{problem}</p>}
          </div>
        )
      })}
      <div>
        <Button small kind="quiet" icon={Plus} data-header="add" onPress={add}>
          Add header
        </Button>
      </div>
    </div>
  )
}
