import { ChevronRight, Download } from 'lucide-react'
import { useState } from 'react'
import { bodyFacts } from '#renderer/body/body-facts.ts'
import { partSource, type BodySource } from '#renderer/body/body-source.ts'
import type { MultipartPartInfo } from '#renderer/body/document/multipart-parts.ts'
import { holderOf } from '#renderer/body/document/find.ts'
import { useAnswer } from '#renderer/body/document/use-document.ts'
import { matchAt, useReport, type Find } from '#renderer/body/find-state.ts'
import { NestedBody } from '#renderer/body/nested-body.tsx'
import { Pause } from '#renderer/body/pause.tsx'
import { saveBody } from '#renderer/body/save-body.ts'
import type { ViewProps } from '#renderer/body/view.ts'
import { IconButton } from '#renderer/controls/button.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatBytes, formatSize } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { Highlighted } from './highlighted.tsx'

/** The parts of a multipart body: name, file, type and size, each to be saved and opened. */
export function PartList({ source, facts, document, find }: ViewProps) {
  if (!document || facts.boundary === null) return null
  return <Parts source={source} document={document} boundary={facts.boundary} find={find} />
}

interface PartsProps extends Pick<ViewProps, 'source' | 'find'> {
  document: NonNullable<ViewProps['document']>
  boundary: string
}

function Parts({ source, document, boundary, find }: PartsProps) {
  const { data, error } = useAnswer(document, 'parts', { boundary })
  const current = useFound(data?.parts ?? [], find)
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  if (!data) return <Pause>Reading the parts…</Pause>
  const { parts, problem } = data
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      {problem !== null && (
        <p className="selectable border-b border-line px-4 py-1.5 text-sm text-amber">
          {visibleStart(problem, 300)}
        </p>
      )}
      {parts.length === 0 && problem === null && (
        <p className="p-4 text-ink-2">The body has no parts.</p>
      )}
      <ul aria-label="Parts">
        {parts.map((part, index) => (
          <Part
            key={part.offset}
            part={part}
            number={index + 1}
            whole={source}
            find={find}
            current={index === current}
            open={parts.length === 1}
          />
        ))}
      </ul>
    </div>
  )
}

/** Searched are the heads of the parts; what is in a part is searched in that part. */
function useFound(parts: readonly MultipartPartInfo[], find: Find): number {
  const holds = find.term ? holderOf(find.term) : () => false
  const found = parts.flatMap(({ head }, index) => (holds(head) ? [index] : []))
  useReport(find, find.term ? { count: found.length, capped: false } : null)
  return found[matchAt(find, found.length)] ?? -1
}

/** A name that a file system takes; the sender's own where it is one. */
function fileNameOf(part: MultipartPartInfo, whole: BodySource, number: number): string {
  const own = (part.fileName ?? '').split(/[\\/]/).at(-1) ?? ''
  const plain = visibleStart(own, 120).replace(/[^\p{L}\p{N}._ -]/gu, '_')
  return /[\p{L}\p{N}]/u.test(plain)
    ? plain.replace(/^[. ]+/, '')
    : `${whole.fileName}-part-${number}`
}

async function savePart(source: BodySource): Promise<void> {
  const start = await source.read(0, Math.min(4_096, source.byteLength))
  await saveBody(source, bodyFacts(source.contentType, start, source.byteLength))
}

interface PartProps {
  part: MultipartPartInfo
  number: number
  whole: BodySource
  find: Find
  current: boolean
  open: boolean
}

function Part({ part, number, whole, find, current, open }: PartProps) {
  const [opened, setOpened] = useState(open)
  const fileName = fileNameOf(part, whole, number)
  const { offset, byteLength, contentType } = part
  const source = partSource(whole, { offset, byteLength, contentType, fileName })
  const name = part.name ?? `part ${number}`
  return (
    <li
      ref={(item) => {
        if (current) item?.scrollIntoView({ block: 'nearest' })
      }}
      className="border-b border-line"
    >
      <div
        className={`flex items-center gap-2 pr-3 pl-2 ${current ? 'bg-accent-soft' : 'hover:bg-hover'}`}
      >
        <button
          type="button"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
          className="flex min-w-0 flex-1 items-center gap-2 py-1.5 text-left"
        >
          <ChevronRight
            size={13}
            aria-hidden
            strokeWidth={2.25}
            className={`shrink-0 text-ink-3 ${opened ? 'rotate-90' : ''}`}
          />
          <span className="wire truncate">
            <Highlighted text={name} most={200} term={find.term} />
          </span>
          {part.fileName !== null && (
            <span className="wire min-w-0 truncate text-ink-2">
              <Highlighted text={part.fileName} most={200} term={find.term} />
            </span>
          )}
          <span className="flex-1" />
          <span className="truncate text-sm text-ink-3">
            {visibleStart(part.contentType ?? 'text', 80)}
          </span>
          <span className="text-sm whitespace-nowrap text-ink-3" title={formatBytes(byteLength)}>
            {formatSize(byteLength)}
          </span>
        </button>
        <IconButton
          small
          icon={Download}
          label={`Save ${visibleStart(name, 60)}`}
          onPress={() => void savePart(source)}
        />
      </div>
      {opened && (
        <div className="flex flex-col border-t border-line bg-canvas">
          <pre className="wire px-4 py-2 break-all whitespace-pre-wrap text-ink-2">
            {part.head.split('\r\n').map((line) => `${visibleStart(line, 2_000)}\n`)}
          </pre>
          <div className="flex h-80 flex-col border-t border-line bg-surface">
            <NestedBody source={source} />
          </div>
        </div>
      )}
    </li>
  )
}
