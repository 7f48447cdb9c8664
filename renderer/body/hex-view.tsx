import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { SelectField } from '#renderer/controls/choice.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatSize } from '#renderer/words/format.ts'
import { useBodyChunks, type BodySource } from './body-bytes.ts'
import { BYTES_PER_ROW, hexBytes, hexOffset, hexText, STRETCH_BYTES } from './hex-rows.ts'

const ROW = 20
const CHUNK = 65_536

/** The body as bytes: offset, hex, ASCII; only what is on the screen is fetched. */
export function HexView({ source }: { source: BodySource }) {
  const [stretch, setStretch] = useState(0)
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
      <HexRows key={stretch} source={source} start={stretch * STRETCH_BYTES} />
    </div>
  )
}

function HexRows({ source, start }: { source: BodySource; start: number }) {
  const scroller = useRef<HTMLDivElement>(null)
  const length = Math.min(STRETCH_BYTES, source.byteLength - start)
  const virtual = useVirtualizer({
    count: Math.ceil(length / BYTES_PER_ROW),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 24,
  })
  const shown = virtual.getVirtualItems()
  const offsetOf = (index: number) => start + index * BYTES_PER_ROW
  const indexes = [...new Set(shown.map((item) => Math.floor(offsetOf(item.index) / CHUNK)))]
  const { chunks, error } = useBodyChunks(source, CHUNK, indexes)
  if (error) return <p className="selectable p-4 text-red">{errorSentence(error)}</p>
  return (
    <div
      ref={scroller}
      role="group"
      aria-label="Body as hex"
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto py-2 focus-visible:-outline-offset-2"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {shown.map((item) => {
          const offset = offsetOf(item.index)
          const within = offset % CHUNK
          const chunk = chunks.get(Math.floor(offset / CHUNK))
          const bytes = chunk?.subarray(within, within + BYTES_PER_ROW)
          return (
            <div
              key={item.key}
              className="selectable absolute flex gap-2.5 px-3 font-mono text-[11px] whitespace-pre @2xl:gap-5 @2xl:text-[12.5px]"
              style={{ height: ROW, transform: `translateY(${item.start}px)` }}
            >
              <span className="text-ink-3">{hexOffset(offset)}</span>
              <span className="w-[49ch]">{bytes ? hexBytes(bytes) : ''}</span>
              <span className="text-ink-2">{bytes ? hexText(bytes) : ''}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
