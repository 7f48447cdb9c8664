import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import { useBodyChunks } from '#renderer/body/body-bytes.ts'
import { LARGEST_READ } from '#renderer/body/document/open-document.ts'
import { useFoundBytes } from './use-found-bytes.ts'
import { BYTES_PER_ROW, copiedHex, hexOffset, STRETCH_BYTES } from '#renderer/body/hex-rows.ts'
import { textOfBytes } from '#renderer/body/text-of-bytes.ts'
import type { ViewProps } from '#renderer/body/view.ts'
import { SelectField } from '#renderer/controls/choice.tsx'
import { platform } from '#renderer/platform/platform.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatSize } from '#renderer/words/format.ts'
import { HexLine, HEX_ROW, marksOfRow } from './hex-line.tsx'
import { selectedRange, useHexSelection, type HexSelection } from './hex-selection.ts'
import { HexStatus } from './hex-status.tsx'

const CHUNK = 65_536

/** The body as bytes: offset, hex, ASCII; only what is on the screen is fetched. */
export function HexView(props: ViewProps) {
  const { source } = props
  const found = useFoundBytes(props)
  const [stretch, setStretch] = useState(0)
  const [gone, setGone] = useState<number | null>(null)
  if (found.start !== gone) {
    setGone(found.start)
    if (found.start !== null) setStretch(Math.floor(found.start / STRETCH_BYTES))
  }
  const stretches = Math.ceil(source.byteLength / STRETCH_BYTES)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {stretches > 1 && (
        <div className="border-b border-line px-4 py-2">
          <SelectField
            label="Part of the body"
            hideLabel
            value={String(stretch)}
            onChange={(id) => setStretch(Number(id))}
            options={Array.from({ length: stretches }, (_, index) => ({
              id: String(index),
              name: `From ${hexOffset(index * STRETCH_BYTES)} (${formatSize(index * STRETCH_BYTES)})`,
            }))}
          />
        </div>
      )}
      {props.find.term !== null && source.byteLength > LARGEST_READ && (
        <p className="border-b border-line px-4 py-1.5 text-sm text-amber">
          Only the first {formatSize(LARGEST_READ)} are searched.
        </p>
      )}
      <HexRows key={stretch} {...props} found={found} start={stretch * STRETCH_BYTES} />
    </div>
  )
}

interface RowsProps extends ViewProps {
  start: number
  found: ReturnType<typeof useFoundBytes>
}

function useCopy(source: ViewProps['source']) {
  const [copied, setCopied] = useState<string | null>(null)
  useEffect(() => {
    if (copied === null) return undefined
    const timer = setTimeout(() => setCopied(null), 1_500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = ({ anchor, focus, column }: HexSelection) => {
    const from = Math.min(anchor, focus)
    const length = Math.min(MAX_RANGE_BYTES, Math.abs(anchor - focus) + 1)
    source
      .read(from, length)
      .then((bytes) =>
        platform.copyText(column === 'hex' ? copiedHex(bytes) : textOfBytes(bytes, true).text),
      )
      .then(
        () => setCopied(column === 'hex' ? 'Copied as hex' : 'Copied as text'),
        (error: unknown) => setCopied(errorSentence(error)),
      )
  }
  return { copied, copy }
}

function HexRows({ source, start, found }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const length = Math.min(STRETCH_BYTES, source.byteLength - start)
  const virtual = useVirtualizer({
    count: Math.ceil(length / BYTES_PER_ROW),
    getScrollElement: () => scroller.current,
    estimateSize: () => HEX_ROW,
    overscan: 24,
  })
  const scrollTo = (byte: number, align: 'auto' | 'center' = 'auto') =>
    virtual.scrollToIndex(Math.floor((byte - start) / BYTES_PER_ROW), { align })
  const { copied, copy } = useCopy(source)
  const end = start + length
  const { byteLength } = source
  const { selection, setSelection, handlers } = useHexSelection({
    ...{ start, end, byteLength, copy },
    scrollTo: (byte) => scrollTo(byte),
  })
  const goTo = useRef(scrollTo)
  useEffect(() => {
    goTo.current = scrollTo
  })
  const { start: match } = found
  useEffect(() => {
    if (match !== null) goTo.current(match, 'center')
  }, [match])
  const shown = virtual.getVirtualItems()
  const offsetOf = (index: number) => start + index * BYTES_PER_ROW
  const indexes = [...new Set(shown.map((item) => Math.floor(offsetOf(item.index) / CHUNK)))]
  const { chunks, error } = useBodyChunks(source, CHUNK, indexes)
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  const selected = selectedRange(selection)
  return (
    <>
      <div
        ref={scroller}
        role="group"
        aria-label="Body as hex"
        aria-describedby="hex-status"
        tabIndex={0}
        {...handlers}
        className="min-h-0 flex-1 cursor-text overflow-auto py-2 focus-visible:-outline-offset-2"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const offset = offsetOf(item.index)
            const within = offset % CHUNK
            const chunk = chunks.get(Math.floor(offset / CHUNK))
            return (
              <HexLine
                key={item.key}
                offset={offset}
                top={item.start}
                bytes={chunk?.subarray(within, within + BYTES_PER_ROW)}
                marks={marksOfRow(offset, found.ranges, found.current, selected)}
              />
            )
          })}
        </div>
      </div>
      <HexStatus
        selection={selection}
        copied={copied}
        onCopy={copy}
        onClear={() => setSelection(null)}
      />
    </>
  )
}
