import { useQuery } from '@tanstack/react-query'
import { useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { BodySource } from '#renderer/body/body-source.ts'
import { BYTES_PER_ROW, hexOffset, hexText } from '#renderer/body/hex-rows.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatBytes, formatCount } from '#renderer/words/format.ts'
import { compareBytes, rowsAround, type ByteComparison } from './byte-diff.ts'

const CHUNK = 65_536
const ROW = 20

function sentenceOf(
  { firstDifference, differingBytes, more }: ByteComparison,
  a: BodySource,
  b: BodySource,
): string {
  if (firstDifference === null) return `Both bodies are the same ${formatBytes(a.byteLength)}.`
  const lengths =
    a.byteLength === b.byteLength
      ? `Both have ${formatBytes(a.byteLength)}.`
      : `The first has ${formatBytes(a.byteLength)}, the second ${formatBytes(b.byteLength)}.`
  const where = `The first difference is at byte ${formatCount(firstDifference)} (0x${firstDifference.toString(16)}); ${formatCount(differingBytes)} bytes differ at equal offsets.`
  return `${where} ${lengths}${more ? ' The first 20,000 rows are listed.' : ''}`
}

/** Stretches of a body by their index. */
function useChunks(source: BodySource, indexes: readonly number[]): Map<number, Uint8Array> {
  const wanted = indexes.filter((index) => index * CHUNK < source.byteLength)
  return useQueries({
    queries: wanted.map((index) => ({
      queryKey: ['compared', source.key, 'chunk', index],
      queryFn: () => source.read(index * CHUNK, Math.min(CHUNK, source.byteLength - index * CHUNK)),
      structuralSharing: false as const,
      gcTime: 10_000,
    })),
    combine: (results) =>
      new Map(
        results.flatMap((result, position) => {
          const index = wanted[position]
          return result.data && index !== undefined ? [[index, result.data] as const] : []
        }),
      ),
  })
}

function rowOf(chunks: Map<number, Uint8Array>, offset: number): Uint8Array | undefined {
  const within = offset % CHUNK
  return chunks.get(Math.floor(offset / CHUNK))?.subarray(within, within + BYTES_PER_ROW)
}

/** Sixteen bytes; those that differ from the other's are marked and underlined. */
function Bytes(props: { bytes: Uint8Array | undefined; other: Uint8Array | undefined }) {
  const { bytes, other } = props
  if (!bytes || !other) return <span className="w-[66ch]" />
  const text = hexText(bytes)
  const differs = (index: number) => bytes[index] !== other[index]
  const mark = 'bg-amber/30 font-bold underline decoration-2 underline-offset-2'
  return (
    <span className="flex w-[66ch] gap-[2ch]">
      <span className="w-[48ch]">
        {Array.from(bytes, (byte, index) => (
          <span key={index}>
            <span className={differs(index) ? mark : ''}>{byte.toString(16).padStart(2, '0')}</span>
            {index === 7 ? '  ' : ' '}
          </span>
        ))}
      </span>
      <span className="text-ink-2">
        {Array.from(text, (character, index) => (
          <span key={index} className={differs(index) ? mark : ''}>
            {character}
          </span>
        ))}
      </span>
    </span>
  )
}

function Rows(props: { a: BodySource; b: BodySource; rows: readonly (number | null)[] }) {
  const { a, b, rows } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const indexes = [
    ...new Set(
      shown.flatMap(({ index }) => {
        const row = rows[index] ?? null
        return row === null ? [] : [Math.floor(row / CHUNK)]
      }),
    ),
  ]
  const ofA = useChunks(a, indexes)
  const ofB = useChunks(b, indexes)
  const nothing = new Uint8Array(0)
  const bytesOf = (chunks: Map<number, Uint8Array>, source: BodySource, offset: number) =>
    offset >= source.byteLength ? nothing : rowOf(chunks, offset)
  return (
    <div
      ref={scroller}
      role="group"
      aria-label="Bytes of both bodies"
      tabIndex={0}
      className="max-h-[30rem] min-h-24 overflow-auto py-2 focus-visible:-outline-offset-2"
      style={{ height: Math.min(480, rows.length * ROW + 20) }}
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {shown.map((item) => {
          const offset = rows[item.index] ?? null
          const one = offset === null ? undefined : bytesOf(ofA, a, offset)
          const other = offset === null ? undefined : bytesOf(ofB, b, offset)
          return (
            <div
              key={item.key}
              className="selectable absolute flex gap-5 px-3 font-mono text-[11px] leading-5 whitespace-pre"
              style={{ height: ROW, transform: `translateY(${item.start}px)` }}
            >
              {offset === null ? (
                <span className="text-ink-3">⋯ the same</span>
              ) : (
                <>
                  <span className="text-ink-3">{hexOffset(offset)}</span>
                  <Bytes bytes={one} other={other} />
                  <Bytes bytes={other} other={one} />
                </>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Two bodies byte by byte, at equal offsets. */
export function ByteDifferences({ a, b }: { a: BodySource; b: BodySource }) {
  const [progress, setProgress] = useState(0)
  const { data, error } = useQuery({
    queryKey: ['compared', a.key, b.key, 'bytes'],
    queryFn: ({ signal }) => compareBytes(a, b, setProgress, signal),
    structuralSharing: false,
    gcTime: 10_000,
    retry: false,
  })
  const rows = useMemo(
    () => rowsAround(data?.rows ?? [], Math.max(a.byteLength, b.byteLength)),
    [data, a.byteLength, b.byteLength],
  )
  if (error) return <p className="selectable px-3 py-2 text-red">{errorSentence(error)}</p>
  if (!data) {
    return (
      <p role="status" className="px-3 py-2 text-ink-3">
        Comparing, {Math.floor(progress * 100)} %
      </p>
    )
  }
  return (
    <>
      <p role="status" className="selectable px-3 py-2 not-last:border-b not-last:border-line">
        {sentenceOf(data, a, b)}
      </p>
      {data.rows.length > 0 && <Rows a={a} b={b} rows={rows} />}
    </>
  )
}
