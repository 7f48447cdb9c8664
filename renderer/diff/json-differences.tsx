import { useMemo } from 'react'
import type { JsonNode } from '#renderer/body/json-parse.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { changeLooks } from './change-look.ts'
import { DifferingText } from './differing-text.tsx'
import { ChangeMark } from './change-mark.tsx'
import { jsonStart } from './json-start.ts'
import { compareJson, jsonSentence, type JsonDifference } from './json-diff.ts'

/** So much of a value is shown; the text shows all of it. */
const LONGEST_VALUE = 400
const MANY_KEYS = 12

function keysOf(node: JsonNode | null): string {
  if (node?.kind !== 'object') return ''
  const keys = node.entries.slice(0, MANY_KEYS).map(({ keySource }) => keySource)
  return keys.join(', ') + (node.entries.length > MANY_KEYS ? ' …' : '')
}

function valueOf({ change }: JsonDifference, node: JsonNode | null): string | null {
  if (node === null) return null
  if (change === 'order') return keysOf(node)
  return visibleStart(jsonStart(node, LONGEST_VALUE), LONGEST_VALUE)
}

function Value({ text, other }: { text: string | null; other: string | null }) {
  if (text === null) return <td className="px-3 py-1 text-sm text-ink-3">not there</td>
  return (
    <td className="wire px-3 py-1 align-top [overflow-wrap:anywhere] whitespace-pre-wrap">
      <DifferingText text={text} other={other} />
    </td>
  )
}

/** What differs between two JSON bodies, by path: meaning, never layout. */
export function JsonDifferences(props: { a: JsonNode; b: JsonNode; sameText: boolean }) {
  const { a, b, sameText } = props
  const comparison = useMemo(() => compareJson(a, b), [a, b])
  return (
    <>
      <p role="status" className="selectable px-3 py-2 not-last:border-b not-last:border-line">
        {jsonSentence(comparison, sameText)}
      </p>
      {comparison.differences.length > 0 && (
        <table className="w-full table-fixed border-collapse">
          <caption className="sr-only">Differences of the JSON</caption>

          <colgroup>
            <col className="w-[24%]" />
            <col className="w-[38%]" />
            <col className="w-[38%]" />
          </colgroup>
          <thead className="sr-only">
            <tr>
              <th scope="col">Change and path</th>
              <th scope="col">First</th>
              <th scope="col">Second</th>
            </tr>
          </thead>
          <tbody className="[&>tr]:border-b [&>tr]:border-line [&>tr:last-child]:border-0">
            {comparison.differences.map((difference, index) => {
              const one = valueOf(difference, difference.a)
              const other = valueOf(difference, difference.b)
              return (
                <tr key={index} className={changeLooks[difference.change].ground}>
                  <th scope="row" className="px-3 py-1 text-left align-top font-normal">
                    <span className="wire block [overflow-wrap:anywhere]">
                      {visibleStart(difference.path, 300)}
                    </span>
                    <ChangeMark change={difference.change} />
                  </th>
                  <Value text={one} other={other} />
                  <Value text={other} other={one} />
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </>
  )
}
