import { Fragment, useMemo } from 'react'
import type { ContentPart } from '#contract/verification.ts'
import { formatBytes } from '#renderer/words/format.ts'
import {
  bytesOfBase64,
  hexOf,
  visibleRuns,
  withoutSplitEnd,
  withoutSplitStart,
} from './content-bytes.ts'

export type ByteView = 'text' | 'hex'

function Bytes({ bytes, view }: { bytes: Uint8Array; view: ByteView }) {
  if (view === 'hex') return hexOf(bytes)
  return visibleRuns(bytes).map((run, index) => (
    // Runs have no name of their own; their order never changes.
    <Fragment key={index}>
      {run.kind === 'mark' ? <span className="text-[10px] text-ink-3">{run.text}</span> : run.text}
      {run.breaks && '\n'}
    </Fragment>
  ))
}

/** The bytes of one part; of a long one start and end, and how much is left out between. */
export function ContentRun({ part, view }: { part: ContentPart; view: ByteView }) {
  const { kind, startBase64, endBase64, byteLength } = part
  const { start, end } = useMemo(() => {
    const whole = { start: bytesOfBase64(startBase64), end: bytesOfBase64(endBase64) }
    if (view === 'hex' || endBase64 === '') return whole
    return { start: withoutSplitEnd(whole.start), end: withoutSplitStart(whole.end) }
  }, [startBase64, endBase64, view])
  if (kind === 'secret') return <span className="italic">secret</span>
  if (byteLength === 0) return <span className="text-ink-3 italic">empty</span>
  const left = byteLength - start.length - end.length
  return (
    <>
      <Bytes bytes={start} view={view} />
      {left > 0 && (
        <span className="mx-1 rounded-sm border border-line-strong bg-surface px-1 font-sans text-xs text-ink-2">
          … {formatBytes(left)} …
        </span>
      )}
      {end.length > 0 && <Bytes bytes={end} view={view} />}
    </>
  )
}
