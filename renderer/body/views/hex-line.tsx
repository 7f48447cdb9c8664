import {
  BYTES_PER_ROW,
  columnOfByte,
  firstRangeAfter,
  hexBytes,
  hexOffset,
  hexText,
} from '#renderer/body/hex-rows.ts'

/** Height of a row in pixels. */
export const HEX_ROW = 20

/** Bytes that stand out, from the first to behind the last. */
export interface HexMark {
  from: number
  to: number
  look: string
}

const looks = {
  match: 'bg-amber/20',
  current: 'bg-amber/20 outline-2 outline-amber outline-solid',
  selected: 'bg-accent/30',
}

/** What stands out in the row at an offset. */
export function marksOfRow(
  offset: number,
  ranges: Uint32Array | null,
  current: number,
  selected: { from: number; to: number } | null,
): HexMark[] {
  const end = offset + BYTES_PER_ROW
  const marks: HexMark[] = []
  const put = (from: number, to: number, look: string) => {
    if (from < end && to > offset) {
      marks.push({ from: Math.max(from, offset) - offset, to: Math.min(to, end) - offset, look })
    }
  }
  if (selected) put(selected.from, selected.to, looks.selected)
  if (ranges) {
    for (let at = firstRangeAfter(ranges, offset); at * 2 < ranges.length; at += 1) {
      const from = ranges[at * 2] ?? 0
      if (from >= end) break
      put(from, ranges[at * 2 + 1] ?? 0, at === current ? looks.current : looks.match)
    }
  }
  return marks
}

interface Props {
  offset: number
  top: number
  /** Absent while they are fetched. */
  bytes: Uint8Array | undefined
  marks: HexMark[]
}

/** Offset, hex and ASCII of sixteen bytes. */
export function HexLine({ offset, top, bytes, marks }: Props) {
  return (
    <div
      className="absolute flex gap-2.5 px-3 font-mono text-[11px] whitespace-pre select-none @2xl:gap-5 @2xl:text-[12.5px]"
      style={{ height: HEX_ROW, transform: `translateY(${top}px)` }}
    >
      <span className="text-ink-3">{hexOffset(offset)}</span>
      <span data-column="hex" className="relative w-[49ch]">
        {marks.map(({ from, to, look }) => (
          <span
            key={`${from} ${look}`}
            className={`absolute inset-y-0 rounded-xs ${look}`}
            style={{
              left: `${columnOfByte(from)}ch`,
              width: `${columnOfByte(to - 1) + 2 - columnOfByte(from)}ch`,
            }}
          />
        ))}
        <span className="relative">{bytes ? hexBytes(bytes) : ''}</span>
      </span>
      <span data-column="text" className="relative w-[16ch] text-ink-2">
        {marks.map(({ from, to, look }) => (
          <span
            key={`${from} ${look}`}
            className={`absolute inset-y-0 rounded-xs ${look}`}
            style={{ left: `${from}ch`, width: `${to - from}ch` }}
          />
        ))}
        <span className="relative">{bytes ? hexText(bytes) : ''}</span>
      </span>
    </div>
  )
}
