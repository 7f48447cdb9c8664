import { FilePlus2, Search, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import { Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { findSchemes, groupSchemes } from '#renderer/endpoints/scheme-groups.ts'
import { confidenceMarks, isUnsure } from '#renderer/words/confidence.ts'

interface Props {
  schemes: SchemeInfo[]
  chosen: string | null
  onChoose: (id: string) => void
  onNew: () => void
  onImport: (file: File) => void
}

function Row({ scheme }: { scheme: SchemeInfo }) {
  const { confidence, own } = scheme
  return (
    <ListBoxItem
      id={scheme.id}
      textValue={scheme.name}
      className="flex flex-col rounded-md px-2.5 py-1 outline-none hover:bg-hover data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2 data-[focus-visible]:outline-focus data-[selected]:bg-accent-soft"
    >
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate">{scheme.name}</span>
        {own && <Chip>your own</Chip>}
      </span>
      <span className="flex items-baseline gap-1.5 text-sm text-ink-3">
        <span className="min-w-0 flex-1 truncate font-mono text-[11px]">
          {scheme.signaturePlace}
        </span>
        {!own && (
          <span className={`shrink-0 ${isUnsure(confidence) ? 'text-amber' : ''}`}>
            {confidenceMarks[confidence.kind]}
          </span>
        )}
      </span>
    </ListBoxItem>
  )
}

/** Every scheme, searched by name, id and header; own ones first. */
export function SchemeList({ schemes, chosen, onChoose, onNew, onImport }: Props) {
  const [text, setText] = useState('')
  const file = useRef<HTMLInputElement>(null)
  const shown =
    text.trim() === ''
      ? groupSchemes(schemes, []).flatMap((group) => group.schemes)
      : findSchemes(schemes, text)
  return (
    <section aria-label="All schemes" className="flex min-h-0 flex-1 flex-col bg-canvas">
      <div className="flex flex-col gap-2 border-b border-line px-3 py-2.5">
        <div className="flex items-center gap-2">
          <h1 className="flex-1 text-lg font-semibold">Schemes</h1>
          <Button small icon={Upload} onPress={() => file.current?.click()}>
            Import
          </Button>
          <Button small icon={FilePlus2} onPress={onNew}>
            New
          </Button>
          <input
            ref={file}
            type="file"
            accept=".json,application/json"
            aria-label="Scheme file"
            className="hidden"
            onChange={(event) => {
              const [chosenFile] = event.target.files ?? []
              if (chosenFile) onImport(chosenFile)
              event.target.value = ''
            }}
          />
        </div>
        <SearchField
          aria-label="Search schemes"
          value={text}
          onChange={setText}
          className="flex items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 focus-within:border-focus"
        >
          <Search size={14} className="shrink-0 text-ink-3" aria-hidden />
          <Input
            placeholder={`Search ${schemes.length} schemes`}
            spellCheck={false}
            className="h-8 min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
          />
        </SearchField>
      </div>
      <ListBox
        aria-label="Schemes"
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={chosen === null ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const [id] = keys === 'all' ? [] : keys
          if (id !== undefined) onChoose(String(id))
        }}
        className="min-h-0 flex-1 overflow-y-auto p-1.5 outline-none"
        renderEmptyState={() => (
          <p className="px-2.5 py-3 text-ink-3">
            No scheme has this name, id or header. “New” describes one of your own.
          </p>
        )}
      >
        {shown.map((scheme) => (
          <Row key={scheme.id} scheme={scheme} />
        ))}
      </ListBox>
    </section>
  )
}
