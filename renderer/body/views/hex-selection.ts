import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { BYTES_PER_ROW, byteAtColumn, HEX_COLUMNS } from '#renderer/body/hex-rows.ts'
import { HEX_ROW } from './hex-line.tsx'

/** Where selecting began and where it is; both bytes are in it. */
export interface HexSelection {
  anchor: number
  focus: number
  /** Which column it was made in: that is what is copied. */
  column: 'hex' | 'text'
}

/** From the first byte to behind the last. */
export function selectedRange(selection: HexSelection | null): { from: number; to: number } | null {
  if (!selection) return null
  const { anchor, focus } = selection
  return { from: Math.min(anchor, focus), to: Math.max(anchor, focus) + 1 }
}

const PAGE_ROWS = 24

/** Where a key moves the cursor to; `null`: not one of its keys. */
export function movedByKey(key: string, at: number, length: number): number | null {
  const moves: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - BYTES_PER_ROW,
    ArrowDown: at + BYTES_PER_ROW,
    PageUp: at - PAGE_ROWS * BYTES_PER_ROW,
    PageDown: at + PAGE_ROWS * BYTES_PER_ROW,
    Home: at - (at % BYTES_PER_ROW),
    End: at - (at % BYTES_PER_ROW) + BYTES_PER_ROW - 1,
  }
  const to = moves[key]
  return to === undefined ? null : Math.min(length - 1, Math.max(0, to))
}

interface Hit {
  byte: number
  column: HexSelection['column']
}

/** The byte under a pointer, by the columns of any row that is drawn. */
function byteUnder(scroller: HTMLElement, event: PointerEvent, start: number): Hit | null {
  const hex = scroller.querySelector('[data-column="hex"]')?.getBoundingClientRect()
  const text = scroller.querySelector('[data-column="text"]')?.getBoundingClientRect()
  const top = scroller.firstElementChild?.getBoundingClientRect().top
  if (!hex || !text || top === undefined) return null
  const row = Math.max(0, Math.floor((event.clientY - top) / HEX_ROW))
  const column = event.clientX < (hex.right + text.left) / 2 ? 'hex' : 'text'
  const inRow =
    column === 'hex'
      ? byteAtColumn(((event.clientX - hex.left) / hex.width) * (HEX_COLUMNS + 1))
      : Math.floor(((event.clientX - text.left) / text.width) * BYTES_PER_ROW)
  const byte = start + row * BYTES_PER_ROW + Math.min(BYTES_PER_ROW - 1, Math.max(0, inRow))
  return { byte, column }
}

interface Options {
  start: number
  /** Behind the last byte of the stretch. */
  end: number
  byteLength: number
  scrollTo: (byte: number) => void
  copy: (selection: HexSelection) => void
}

/** Selecting bytes, by pointer and by keys. */
export function useHexSelection({ start, end, byteLength, scrollTo, copy }: Options) {
  const [selection, setSelection] = useState<HexSelection | null>(null)
  const drag = (event: PointerEvent<HTMLElement>, begins: boolean) => {
    const hit = byteUnder(event.currentTarget, event, start)
    if (!hit) return
    const byte = Math.min(end - 1, hit.byte)
    setSelection((before) =>
      begins || !before
        ? {
            anchor: event.shiftKey && before ? before.anchor : byte,
            focus: byte,
            column: hit.column,
          }
        : { ...before, focus: byte },
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const chord = event.ctrlKey || event.metaKey
    if (chord && event.key.toLowerCase() === 'c' && selection) copy(selection)
    else if (chord && event.key.toLowerCase() === 'a') {
      setSelection({ anchor: 0, focus: byteLength - 1, column: selection?.column ?? 'hex' })
    } else if (!chord && !event.altKey) {
      const from = selection?.focus ?? start
      const to = movedByKey(event.key, from, byteLength)
      if (to === null) return
      const byte = selection ? to : start
      setSelection({
        anchor: event.shiftKey && selection ? selection.anchor : byte,
        focus: byte,
        column: selection?.column ?? 'hex',
      })
      scrollTo(byte)
    } else return
    event.preventDefault()
  }
  return {
    selection,
    setSelection,
    handlers: {
      onKeyDown,
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        // Beside the rows is the scrollbar; touch scrolls, and selects by a tap.
        const { clientWidth } = event.currentTarget
        if (event.button !== 0 || event.nativeEvent.offsetX > clientWidth) return
        if (event.pointerType === 'mouse') event.currentTarget.setPointerCapture(event.pointerId)
        drag(event, true)
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event, false)
      },
    },
  }
}
