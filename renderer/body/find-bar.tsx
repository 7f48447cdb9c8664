import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, type RefObject } from 'react'
import { ToggleButton } from 'react-aria-components'
import { IconButton } from '#renderer/controls/button.tsx'
import { inputClass } from '#renderer/controls/field.tsx'
import { formatCount } from '#renderer/words/format.ts'
import { bytesOfHex, type FindTerm } from './document/find.ts'
import { matchAt, type FindResult } from './find-state.ts'

interface Props {
  term: FindTerm
  step: number
  result: FindResult | null
  /** Bytes are looked at, so that hex digits can be meant. */
  bytes: boolean
  field: RefObject<HTMLInputElement | null>
  onTerm: (term: FindTerm) => void
  onStep: (by: 1 | -1) => void
  onClose: () => void
}

function said({ term, result, step, bytes }: Props): string {
  if (term.text === '') return ''
  if (bytes && term.hex && bytesOfHex(term.text) === null) return 'Two hex digits for each byte'
  if (!result) return 'Looking…'
  if (result.count === 0) return 'Not found'
  const count = `${formatCount(result.count)}${result.capped ? '+' : ''}`
  return `${formatCount(matchAt({ step }, result.count) + 1)} of ${count}`
}

function Switch(props: {
  label: string
  short: string
  on: boolean
  onChange: (on: boolean) => void
}) {
  return (
    <ToggleButton
      aria-label={props.label}
      isSelected={props.on}
      onChange={props.onChange}
      className="h-6 rounded-md border border-transparent px-1.5 text-sm text-ink-2 hover:bg-hover data-[selected]:border-line-strong data-[selected]:bg-raised data-[selected]:font-medium data-[selected]:text-ink"
    >
      {props.short}
    </ToggleButton>
  )
}

/** Looks for something in the body: how often it is there, and one after the other. */
export function FindBar(props: Props) {
  const { term, result, bytes, field, onTerm, onStep, onClose } = props
  useEffect(() => {
    field.current?.focus()
  }, [field])
  const none = !result || result.count === 0
  return (
    <search className="flex items-center gap-1 border-b border-line bg-canvas px-3 py-1.5">
      <input
        ref={field}
        type="text"
        aria-label="Find in the body"
        placeholder={bytes && term.hex ? '7b 22' : 'Find in the body'}
        spellCheck={false}
        autoComplete="off"
        value={term.text}
        onChange={(event) => onTerm({ ...term, text: event.target.value })}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
          else if (event.key === 'Escape') onClose()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
        className={`h-7 min-w-0 flex-1 font-mono text-[12.5px] ${inputClass}`}
      />
      <output className="min-w-16 px-1 text-right text-sm whitespace-nowrap text-ink-2">
        {said(props)}
      </output>
      {bytes && (
        <Switch
          label="Find hex bytes"
          short="Hex"
          on={term.hex}
          onChange={(hex) => onTerm({ ...term, hex })}
        />
      )}
      <Switch
        label="Match case"
        short="Aa"
        on={term.matchCase}
        onChange={(matchCase) => onTerm({ ...term, matchCase })}
      />
      <IconButton
        small
        icon={ChevronUp}
        label="Previous match"
        hotkey="⇧↵"
        isDisabled={none}
        onPress={() => onStep(-1)}
      />
      <IconButton
        small
        icon={ChevronDown}
        label="Next match"
        hotkey="↵"
        isDisabled={none}
        onPress={() => onStep(1)}
      />
      <IconButton small icon={X} label="Close the search" hotkey="Esc" onPress={onClose} />
    </search>
  )
}
