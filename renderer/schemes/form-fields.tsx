import { createContext, useContext, type ReactNode } from 'react'
import type { SchemeProblem } from '#contract/own-scheme.ts'
import { wordAt } from '#contract/scheme-words.ts'
import { SelectField } from '#renderer/controls/choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { isRecord, valueAt, withValue } from './json-path.ts'

interface FormState {
  value: unknown
  problems: readonly SchemeProblem[]
  onChange: (value: unknown) => void
}

const FormContext = createContext<FormState>({ value: {}, problems: [], onChange: () => undefined })

export function SchemeFormProvider(props: FormState & { children: ReactNode }) {
  const { value, problems, onChange } = props
  return <FormContext value={{ value, problems, onChange }}>{props.children}</FormContext>
}

/** One path of the scheme: its value, what is wrong there or below, and how it is changed. */
export function useAt(path: string) {
  const { value, problems, onChange } = useContext(FormContext)
  const below = [path, `${path}.`, `${path}[`]
  const problem = problems.find(
    (each) => each.path === path || below.slice(1).some((start) => each.path.startsWith(start)),
  )
  const word = wordAt(path)
  return {
    value: valueAt(value, path),
    error: problem?.sentence,
    label: word?.label ?? path,
    hint: word?.hint,
    set: (next: unknown) => onChange(withValue(value, path, next)),
  }
}

interface TextProps {
  path: string
  label?: string
  hint?: ReactNode
  mono?: boolean
  rows?: number
  /** Left empty, the field is not there at all. */
  optional?: boolean
  disabled?: boolean
}

const IN_THE_TEXT = 'More than this form shows; change it in the text.'

/** A text of the scheme. */
export function TextAt({ path, label, hint, optional, disabled, ...rest }: TextProps) {
  const at = useAt(path)
  const other = at.value !== undefined && typeof at.value !== 'string'
  return (
    <Field
      {...rest}
      label={label ?? at.label}
      hint={other ? IN_THE_TEXT : hint}
      error={at.error}
      isDisabled={other || (disabled ?? false)}
      value={typeof at.value === 'string' ? at.value : ''}
      onChange={(text) => at.set(text === '' && optional ? undefined : text)}
    />
  )
}

/** A number of the scheme; empty is `null`. */
export function NumberAt({ path, hint }: { path: string; hint?: string }) {
  const at = useAt(path)
  return (
    <Field
      label={at.label}
      hint={hint}
      error={at.error}
      inputMode="numeric"
      value={typeof at.value === 'number' ? String(at.value) : ''}
      onChange={(text) => {
        const number = Number(text)
        at.set(text.trim() === '' || Number.isNaN(number) ? null : number)
      }}
    />
  )
}

interface ChoiceProps {
  path: string
  label?: string
  options: readonly string[]
  names?: Readonly<Record<string, string>>
  /** The name of leaving it out. */
  without?: string
}

const WITHOUT = ' without'
const OTHER = ' other'

/** One of a few words of the model. */
export function ChoiceAt({ path, label, options, names = {}, without }: ChoiceProps) {
  const at = useAt(path)
  const { value } = at
  const known = typeof value === 'string' && options.includes(value)
  const chosen = known ? value : value === undefined && without !== undefined ? WITHOUT : OTHER
  const all = options.map((id) => ({ id, name: names[id] ?? id }))
  if (without !== undefined) all.unshift({ id: WITHOUT, name: without })
  if (chosen === OTHER) all.push({ id: OTHER, name: 'Written in the text' })
  return (
    <SelectField
      label={label ?? at.label}
      options={all}
      value={chosen}
      error={at.error}
      onChange={(id) => {
        if (id !== OTHER) at.set(id === WITHOUT ? undefined : id)
      }}
    />
  )
}

/** Lines of a list of texts. */
export function LinesAt({ path, rows, hint }: { path: string; rows: number; hint: string }) {
  const at = useAt(path)
  const lines = Array.isArray(at.value) ? at.value.map(String) : []
  return (
    <Field
      label={at.label}
      hint={hint}
      rows={rows}
      error={at.error}
      value={lines.join('\n')}
      onChange={(text) => at.set(text === '' ? [] : text.split('\n'))}
    />
  )
}

const placeNames: Readonly<Record<string, string>> = {
  header: 'a header',
  field: 'an entry of the signature header',
  json: 'the JSON body',
  query: 'the query of the URL',
  form: 'a form field',
  claim: 'a claim of the JWT',
}
const NOWHERE = ' nowhere'

interface PlaceProps {
  path: string
  kinds: readonly string[]
  /** What an absent place is called; without it there is always one. */
  nowhere?: string
  /** What to write for no place: `null`, or nothing at all. */
  absent?: null | undefined
  /** What surrounds the place, such as a timestamp; default: the place alone. */
  onChoose?: (place: Record<string, string> | null) => void
}

/** Where a value stands: the kind of place, and the name there. */
export function PlaceAt({ path, kinds, nowhere, absent, onChoose }: PlaceProps) {
  const at = useAt(path)
  const place = isRecord(at.value) ? at.value : null
  const [kind = '', name] = (place && Object.entries(place)[0]) ?? []
  const plain =
    place !== null &&
    Object.keys(place).length === 1 &&
    kinds.includes(kind) &&
    typeof name === 'string'
  const none = at.value === null || at.value === undefined
  const chosen = plain ? kind : none && nowhere !== undefined ? NOWHERE : OTHER
  const options = kinds.map((id) => ({ id, name: placeNames[id] ?? id }))
  if (nowhere !== undefined) options.unshift({ id: NOWHERE, name: nowhere })
  if (chosen === OTHER) options.push({ id: OTHER, name: 'Written in the text' })
  const choose = (next: Record<string, string> | null) => {
    if (onChoose) onChoose(next)
    else at.set(next ?? absent)
  }
  const text = plain ? name : ''
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      <SelectField
        label={at.label}
        options={options}
        value={chosen}
        onChange={(id) => {
          if (id === NOWHERE) choose(null)
          else if (id !== OTHER) choose({ [id]: text || (id === 'header' ? 'X-Name' : 'name') })
        }}
      />
      {plain ? (
        <Field
          label={`${at.label}: name`}
          mono
          value={text}
          error={at.error}
          onChange={(next) => choose({ [kind]: next })}
        />
      ) : (
        <p className="pt-7 text-sm text-ink-3">
          {chosen === OTHER ? IN_THE_TEXT : ''}
          {at.error !== undefined && <span className="text-red">{at.error}</span>}
        </p>
      )}
    </div>
  )
}
