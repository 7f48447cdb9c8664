import { Check, ChevronDown, Search } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import {
  Autocomplete,
  Button,
  Collection,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  SearchField,
  Select,
  SelectValue,
} from 'react-aria-components'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { confidenceWords, isUnsure } from '#renderer/words/confidence.ts'
import { findSchemes, groupSchemes, type SchemeGroup } from './scheme-groups.ts'

/** Stands for no scheme in a picker, which cannot hold `null`. */
const NO_SCHEME = 'none'

interface Props {
  schemes: SchemeInfo[]
  value: string | null
  onChange: (id: string | null) => void
  /** What choosing none means, such as “None: record only”. */
  nothing: string
  /** Ids of schemes that something was recognised as, the surest first. */
  suggested?: readonly string[]
  error?: string | undefined
  children?: ReactNode
}

const itemClass =
  'group flex items-center gap-2 rounded-sm px-2 py-1 outline-none data-[focused]:bg-accent-soft'

function Chosen() {
  return (
    <Check
      size={14}
      aria-hidden
      className="shrink-0 text-accent opacity-0 group-data-[selected]:opacity-100"
    />
  )
}

function SchemeOption({ scheme }: { scheme: SchemeInfo }) {
  const { confidence } = scheme
  const words = confidenceWords(confidence)
  return (
    <ListBoxItem id={scheme.id} textValue={scheme.name} className={itemClass}>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate">{scheme.name}</span>{' '}
          <span
            title={words}
            className={`max-w-[55%] truncate text-right text-sm ${isUnsure(confidence) ? 'text-amber' : 'text-ink-3'}`}
          >
            {words}
          </span>
        </span>{' '}
        <span className="flex items-baseline gap-1.5 text-sm text-ink-3">
          <span className="truncate font-mono text-[11px]">{scheme.signaturePlace}</span>{' '}
          <span className="shrink-0">{scheme.algorithm}</span>
        </span>
      </span>
      <Chosen />
    </ListBoxItem>
  )
}

function Group({ group }: { group: SchemeGroup }) {
  return (
    <ListBoxSection id={`group ${group.name}`}>
      <Header className="px-2 pt-2 pb-0.5 text-xs font-medium text-ink-3">{group.name}</Header>
      <Collection items={group.schemes}>{(scheme) => <SchemeOption scheme={scheme} />}</Collection>
    </ListBoxSection>
  )
}

/** What is offered for what was typed: groups while nothing is, else the best match first. */
function Offered(props: Pick<Props, 'schemes' | 'nothing' | 'suggested'> & { text: string }) {
  const { schemes, suggested = [], text, nothing } = props
  const searching = text.trim() !== ''
  const groups = useMemo(
    () =>
      searching
        ? [{ name: 'Found', schemes: findSchemes(schemes, text) }]
        : groupSchemes(schemes, suggested),
    [searching, schemes, suggested, text],
  )
  return (
    <ListBox
      aria-label="Schemes"
      className="min-h-0 flex-1 overflow-y-auto p-1 outline-none"
      renderEmptyState={() => (
        <p className="px-2 py-3 text-ink-3">
          No scheme has this name, id or header. “Custom” takes any HMAC over the body.
        </p>
      )}
    >
      {!searching && (
        <ListBoxItem id={NO_SCHEME} textValue={nothing} className={itemClass}>
          <span className="min-w-0 flex-1 truncate">{nothing}</span>
          <Chosen />
        </ListBoxItem>
      )}
      {searching
        ? groups[0]?.schemes.map((scheme) => <SchemeOption key={scheme.id} scheme={scheme} />)
        : groups.map((group) => <Group key={group.name} group={group} />)}
    </ListBox>
  )
}

/** One of all schemes: a list that is searched by name, id and header as one types. */
export function SchemeField(props: Props) {
  const { schemes, value, onChange, nothing, suggested = noneSuggested, error } = props
  const [text, setText] = useState('')
  const name = schemes.find(({ id }) => id === value)?.name ?? value ?? nothing
  return (
    // Outside of the Select, whose context would make buttons below it open the list.
    <div className="flex flex-col gap-1">
      <Select
        value={value ?? NO_SCHEME}
        onChange={(key) => {
          if (key !== null) onChange(key === NO_SCHEME ? null : String(key))
        }}
        onOpenChange={() => setText('')}
        className="flex flex-col gap-1 outline-none"
      >
        <Label className="text-sm font-medium text-ink-2">Scheme</Label>
        <Button className="flex h-8 w-full items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-left hover:border-ink-3">
          <SelectValue className="min-w-0 flex-1 truncate">{() => name}</SelectValue>
          <ChevronDown size={14} className="text-ink-3" aria-hidden />
        </Button>
        <Popover className="appear float-shadow flex max-h-96 w-[min(34rem,90vw)] min-w-(--trigger-width) flex-col rounded-md border border-line bg-raised">
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField
              aria-label="Search schemes"
              autoFocus
              className="flex items-center gap-2 border-b border-line px-3"
            >
              <Search size={14} className="shrink-0 text-ink-3" aria-hidden />
              <Input
                role="combobox"
                aria-expanded
                aria-haspopup="listbox"
                placeholder="Name, id or header"
                spellCheck={false}
                className="h-9 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
              />
            </SearchField>
            <Offered schemes={schemes} nothing={nothing} suggested={suggested} text={text} />
          </Autocomplete>
        </Popover>
      </Select>
      {error !== undefined && <p className="text-sm text-red">{error}</p>}
      {props.children}
    </div>
  )
}

const noneSuggested: readonly string[] = []
