import { ArrowDown, ArrowUp, Eye, EyeOff, Plus, Trash2, Undo2 } from 'lucide-react'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { RawHeader } from '#contract/http.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { ChangeMark } from '#renderer/diff/change-mark.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import {
  headerEdits,
  removedHeaders,
  valuesSent,
  withAdded,
  withMoved,
  withPutBack,
  type DraftHeader,
} from './header-edits.ts'

const fieldClass =
  'h-7 w-full min-w-0 rounded-sm border border-transparent bg-transparent px-1.5 font-mono text-[12.5px] text-ink hover:border-line-strong focus:border-focus focus:bg-surface focus:outline-2 focus:-outline-offset-1 focus:outline-focus'

interface LineProps {
  header: DraftHeader
  /** From 1. */
  number: number
  edit: 'added' | 'changed' | 'recased' | 'moved' | undefined
  /** What goes out instead; `undefined`: what stands there. */
  goesOut: string | undefined
  secret: boolean
  onChange: (change: Partial<DraftHeader>) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

function Line(props: LineProps) {
  const { header, number, edit, goesOut, secret, onChange, onMove, onRemove } = props
  const [revealed, setRevealed] = useState(false)
  const named = header.name === '' ? `header ${number}` : visibleStart(header.name, 60)
  const masked = secret && !revealed
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <tr
      onKeyDown={onKeyDown}
      className="group border-b border-line/60 align-top focus-within:bg-hover hover:bg-hover"
    >
      <td className="py-0.5 pr-1 pl-1">
        <input
          aria-label={`Name of header ${number}`}
          data-header-name={header.key}
          className={`${fieldClass} text-ink-2`}
          value={header.name}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => onChange({ name: target.value })}
        />
      </td>
      <td className="py-0.5">
        <input
          aria-label={`Value of ${named}`}
          type={masked ? 'password' : 'text'}
          className={fieldClass}
          value={header.value}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => onChange({ value: target.value })}
        />
        {(edit !== undefined || goesOut !== undefined) && (
          <p className="flex items-baseline gap-x-3 px-1.5 pb-1 text-sm">
            {edit !== undefined && <ChangeMark change={edit} />}
            {goesOut !== undefined && (
              <span className="min-w-0 truncate text-ink-3">
                goes out as{' '}
                <span className="wire">{secret ? '••••••••' : visibleStart(goesOut, 300)}</span>
              </span>
            )}
          </p>
        )}
      </td>
      <td className="py-1">
        <span className="flex justify-end opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
          {secret && (
            <IconButton
              small
              icon={masked ? Eye : EyeOff}
              label={masked ? `Reveal ${named}` : `Hide ${named}`}
              onPress={() => setRevealed(!revealed)}
            />
          )}
          <IconButton
            small
            icon={ArrowUp}
            label={`Move ${named} up`}
            hotkey="Alt+↑"
            onPress={() => onMove(-1)}
          />
          <IconButton
            small
            icon={ArrowDown}
            label={`Move ${named} down`}
            hotkey="Alt+↓"
            onPress={() => onMove(1)}
          />
          <IconButton small icon={Trash2} label={`Remove ${named}`} onPress={onRemove} />
        </span>
      </td>
    </tr>
  )
}

interface Props {
  captured: readonly RawHeader[]
  headers: readonly DraftHeader[]
  /** What goes out, once that is known. */
  sent: readonly RawHeader[] | null
  isCredential: (header: RawHeader) => boolean
  onChange: (headers: readonly DraftHeader[]) => void
}

/** Headers line by line as they go out: order, case and repeats are what stands here. */
export function HeaderEditor({ captured, headers, sent, isCredential, onChange }: Props) {
  const edits = useMemo(() => headerEdits(captured, headers), [captured, headers])
  const removed = useMemo(() => removedHeaders(captured, headers), [captured, headers])
  const goesOut = useMemo(() => (sent ? valuesSent(headers, sent) : null), [headers, sent])
  const table = useRef<HTMLTableElement>(null)
  const focusName = (key: number | undefined) =>
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>(`[data-header-name="${key}"]`)?.focus(),
    )
  const change = (key: number, to: Partial<DraftHeader>) =>
    onChange(headers.map((each) => (each.key === key ? { ...each, ...to } : each)))
  const add = () => {
    const next = withAdded(headers, captured.length)
    onChange(next)
    focusName(next.at(-1)?.key)
  }
  const remove = (index: number) => {
    const next = headers.filter((_, at) => at !== index)
    onChange(next)
    focusName((next[index] ?? next.at(-1))?.key)
  }
  return (
    <div className="flex flex-col gap-2">
      <table ref={table} aria-label="Headers to send" className="w-full table-fixed text-left">
        <colgroup>
          <col className="w-[34%]" />
          <col />
          <col className="w-26" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">Actions</th>
          </tr>
        </thead>
        <tbody>
          {headers.map((header, index) => (
            <Line
              key={header.key}
              header={header}
              number={index + 1}
              edit={edits.get(header.key)}
              goesOut={goesOut?.get(header.key)}
              secret={isCredential([header.name, header.value])}
              onChange={(to) => change(header.key, to)}
              onMove={(by) => onChange(withMoved(headers, header.key, by))}
              onRemove={() => remove(index)}
            />
          ))}
        </tbody>
      </table>
      {removed.length > 0 && (
        <ul aria-label="Removed headers" className="flex flex-col gap-1">
          {removed.map(({ from, header }) => (
            <li key={from} className="flex items-center gap-2 px-1.5 text-sm">
              <ChangeMark change="removed" />
              <span className="wire min-w-0 flex-1 truncate text-ink-3 line-through">
                {visibleStart(header[0], 120)}
              </span>
              <Button
                small
                kind="quiet"
                icon={Undo2}
                aria-label={`Put back ${visibleStart(header[0], 60)}`}
                onPress={() => onChange(withPutBack(headers, from, header))}
              >
                Put back
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button small icon={Plus} onPress={add}>
          Add header
        </Button>
      </div>
    </div>
  )
}
