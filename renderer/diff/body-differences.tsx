import { lazy, Suspense, useState } from 'react'
import { Segments } from '#renderer/controls/choice.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatSize } from '#renderer/words/format.ts'
import { ByteDifferences } from './byte-differences.tsx'
import { JsonDifferences } from './json-differences.tsx'
import { LONGEST_TEXT, type ReadBody, useReadPair } from './read-pair.ts'
import type { Side } from './sides.ts'

const MergeText = lazy(() => import('./merge-text.tsx'))

type Mode = 'json' | 'text' | 'bytes'

/** A body without a content coding is decoded as it is. */
function canDecode(side: Side): boolean {
  return (
    side.decoded !== null ||
    !side.rawHeaders.some(([name]) => name.toLowerCase() === 'content-encoding')
  )
}

function modesOf(pair: readonly [ReadBody, ReadBody] | null): Mode[] {
  if (!pair) return ['bytes']
  const [one, other] = pair
  if (one.json && other.json) return ['json', 'text', 'bytes']
  return one.binary || other.binary ? ['bytes'] : ['text', 'bytes']
}

const modes = [
  { id: 'json', name: 'JSON' },
  { id: 'text', name: 'Text' },
  { id: 'bytes', name: 'Bytes' },
] as const

/** Both bodies: by meaning where they are JSON, else as texts or byte by byte. */
export function BodyDifferences({ a, b }: { a: Side; b: Side }) {
  const coded = a.decoded !== null || b.decoded !== null
  const [asReceived, setAsReceived] = useState(false)
  const decode = coded && !asReceived && canDecode(a) && canDecode(b)
  const one = decode ? (a.decoded ?? a.body) : a.body
  const other = decode ? (b.decoded ?? b.body) : b.body
  const { data: pair, error } = useReadPair(one, other)
  const [chosen, setChosen] = useState<Mode | null>(null)
  if (error) return <p className="selectable px-3 py-2 text-red">{errorSentence(error)}</p>
  if (pair === undefined) return <p className="px-3 py-2 text-ink-3">Reading…</p>
  const [readA, readB] = pair ?? [null, null]
  const usable = modesOf(pair)
  const mode = chosen !== null && usable.includes(chosen) ? chosen : (usable[0] ?? 'bytes')
  const longest = Math.max(one.byteLength, other.byteLength)
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-3 py-2">
        <Segments
          label="Compare the bodies as"
          value={mode}
          onChange={setChosen}
          options={modes.map((each) => ({ ...each, disabled: !usable.includes(each.id) }))}
        />
        {coded && canDecode(a) && canDecode(b) && (
          <Segments
            label="Content coding"
            value={asReceived ? 'coded' : 'decoded'}
            onChange={(id) => setAsReceived(id === 'coded')}
            options={[
              { id: 'decoded', name: 'Decoded' },
              { id: 'coded', name: 'As received' },
            ]}
          />
        )}
        {pair === null && (
          <span className="text-sm text-ink-3">
            JSON and text are compared up to {formatSize(LONGEST_TEXT)}; here is{' '}
            {formatSize(longest)}.
          </span>
        )}
      </div>
      {mode === 'json' && readA?.json && readB?.json && (
        <JsonDifferences a={readA.json} b={readB.json} sameText={readA.text === readB.text} />
      )}
      {mode === 'text' && readA && readB && (
        <Suspense fallback={<p className="px-3 py-2 text-ink-3">Opening…</p>}>
          <MergeText
            a={readA.text}
            b={readB.text}
            labels={[`Body of ${a.name}`, `Body of ${b.name}`]}
            json={readA.json !== null || readB.json !== null}
          />
        </Suspense>
      )}
      {mode === 'bytes' && <ByteDifferences key={`${one.key} ${other.key}`} a={one} b={other} />}
    </>
  )
}
