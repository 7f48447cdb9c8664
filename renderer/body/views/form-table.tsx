import { useState } from 'react'
import type { FormPair } from '#renderer/body/document/form-pairs.ts'
import { holderOf } from '#renderer/body/document/find.ts'
import { useAnswer } from '#renderer/body/document/use-document.ts'
import { textSource } from '#renderer/body/body-source.ts'
import { matchAt, useReport, type Find } from '#renderer/body/find-state.ts'
import { NestedBody } from '#renderer/body/nested-body.tsx'
import { Pause } from '#renderer/body/pause.tsx'
import type { ViewProps } from '#renderer/body/view.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatCount } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { Highlighted } from './highlighted.tsx'

const LONGEST_VALUE = 4_000
const MOST_FIELDS = 2_000

/** The fields of a form in their order, decoded; JSON in one of them opens as such. */
export function FormTable({ source, document, find }: ViewProps) {
  return document ? <Fields source={source} document={document} find={find} /> : null
}

type Ready = Pick<ViewProps, 'source' | 'find'> & { document: NonNullable<ViewProps['document']> }

function Fields({ source, document, find }: Ready) {
  const { data, error } = useAnswer(document, 'form', { most: MOST_FIELDS })
  const current = useFound(data?.pairs ?? [], find)
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  if (!data) return <Pause>Reading…</Pause>
  const { pairs, total } = data
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label="Body as form"
      className="min-h-0 flex-1 overflow-auto px-4 py-2 focus-visible:-outline-offset-2"
    >
      <table aria-label="Fields" className="w-full table-fixed text-left">
        <colgroup>
          <col className="w-[30%]" />
          <col />
          <col className="w-8" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th>Name</th>
            <th>Value</th>
            <th>Copy</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair, index) => (
            <Field
              // The fields of one body never change their order.
              key={index}
              pair={pair}
              sourceKey={`${source.key}&${index}`}
              find={find}
              current={index === current}
            />
          ))}
        </tbody>
      </table>
      {pairs.length < total && (
        <p className="py-2 text-sm text-ink-3">
          The first {formatCount(pairs.length)} of {formatCount(total)} fields. Text shows all.
        </p>
      )}
    </div>
  )
}

/** The field that is gone to; the table marks what is found in all of them. */
function useFound(pairs: readonly FormPair[], find: Find): number {
  const holds = find.term ? holderOf(find.term) : () => false
  const found = pairs.flatMap(({ name, value }, index) =>
    holds(name) || holds(value) ? [index] : [],
  )
  useReport(find, find.term ? { count: found.length, capped: false } : null)
  return found[matchAt(find, found.length)] ?? -1
}

interface FieldProps {
  pair: FormPair
  sourceKey: string
  find: Find
  current: boolean
}

function Field({ pair, sourceKey, find, current }: FieldProps) {
  const [opened, setOpened] = useState(false)
  const { name, value, repeated, broken } = pair
  const json = /^\s*[[{]/.test(value)
  return (
    <>
      <tr
        ref={(row) => {
          if (current) row?.scrollIntoView({ block: 'nearest' })
        }}
        className={`group border-b border-line/60 align-top ${current ? 'bg-accent-soft' : 'hover:bg-hover'}`}
      >
        <td className="py-1 pr-3 pl-1.5 leading-[18px]">
          <span className="wire break-all text-ink-2">
            <Highlighted text={name} most={400} term={find.term} />
          </span>{' '}
          {repeated && <Chip>repeated</Chip>} {broken && <Chip>not decoded</Chip>}
        </td>
        <td className="py-1 leading-[18px]">
          <span className={`wire [overflow-wrap:anywhere] ${json ? 'line-clamp-3' : ''}`}>
            <Highlighted text={value} most={LONGEST_VALUE} term={find.term} />
          </span>
          {json && (
            <span className="mt-1 block">
              <Button small aria-expanded={opened} onPress={() => setOpened(!opened)}>
                {opened ? 'Close' : 'Show as JSON'}
              </Button>
            </span>
          )}
        </td>
        <td className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
          <CopyButton text={value} label={`Copy value of ${visibleStart(name, 80)}`} />
        </td>
      </tr>
      {opened && (
        <tr>
          <td colSpan={3} className="py-2">
            <div className="flex h-80 flex-col overflow-hidden rounded-md border border-line">
              <NestedBody source={textSource(sourceKey, name, value)} />
            </div>
          </td>
        </tr>
      )}
    </>
  )
}
