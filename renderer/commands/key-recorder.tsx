import { Plus, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { platform } from '#renderer/platform/platform.ts'
import { keyOfEvent, keyText } from './keys.ts'
import { KeySigns } from './shortcut-sheet.tsx'

/** As many keys as the keymap keeps for one action. */
const MOST_KEYS = 4

/** Waits for one key, whatever it is; Esc alone, a press elsewhere or leaving gives up. */
interface ListeningProps {
  title: string
  onKey: (key: string | null) => void
  onLeave: () => void
}

function Listening({ title, onKey, onLeave }: ListeningProps) {
  const box = useRef<HTMLButtonElement>(null)
  useEffect(() => box.current?.focus(), [])
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return
      const key = keyOfEvent(event, platform.isMac)
      // In the capture phase, and no further: the key is neither typed nor obeyed.
      event.preventDefault()
      event.stopPropagation()
      if (key !== null && !event.isComposing) onKey(key === 'Escape' ? null : key)
    }
    element.addEventListener('keydown', onKeyDown, { capture: true })
    return () => element.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [onKey])
  return (
    <button
      ref={box}
      type="button"
      aria-label={`Press the new key of “${title}”`}
      onBlur={onLeave}
      className="h-6 rounded-md border border-dashed border-accent bg-accent-soft px-2 text-sm text-ink"
    >
      Press a key
    </button>
  )
}

interface Props {
  title: string
  keys: readonly string[]
  onChange: (keys: string[]) => void
}

/** The keys of an action: each can be taken away, and another one pressed. */
export function KeyRecorder({ title, keys, onChange }: Props) {
  const [listening, setListening] = useState(false)
  const add = useRef<HTMLButtonElement>(null)
  const take = (key: string | null) => {
    // The box goes away with the focus in it.
    flushSync(() => setListening(false))
    add.current?.focus()
    if (key !== null) onChange([...new Set([...keys, key])])
  }
  const small =
    'inline-flex size-6 items-center justify-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink'
  return (
    <div className="flex items-center gap-2">
      {keys.map((key) => (
        <span key={key} className="flex items-center gap-0.5">
          <KeySigns keyName={key} />
          <button
            type="button"
            aria-label={`Take ${keyText(key, platform.isMac)} from “${title}”`}
            onClick={() => onChange(keys.filter((each) => each !== key))}
            className={small}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      {listening && <Listening title={title} onKey={take} onLeave={() => setListening(false)} />}
      {!listening && keys.length < MOST_KEYS && (
        <button
          ref={add}
          type="button"
          aria-label={`Add a key for “${title}”`}
          onClick={() => setListening(true)}
          className={small}
        >
          <Plus size={13} aria-hidden />
        </button>
      )}
    </div>
  )
}
