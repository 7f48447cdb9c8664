import { type RefObject, useEffect, useLayoutEffect, useRef, useState, type UIEvent } from 'react'
import { flushSync } from 'react-dom'
import { elementHeight, reveal, type Scale, scrolled, scrollOf } from './scroll-scale.ts'

/** Lines drawn above and below what is seen. */
const OVERSCAN = 10
const REST_MS = 150

/** What is drawn: lines `first` … `last` (exclusive), each at `line × rowHeight + shift`. */
export interface DrawnLines {
  readonly first: number
  readonly last: number
  /** Pixels between where a line is and where it stands in the element. */
  readonly shift: number
}

/** Lines that are seen, `to` exclusive. */
export interface SeenLines {
  readonly from: number
  readonly to: number
  readonly atTop: boolean
}

export interface RowWindow {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly drawn: DrawnLines
  readonly height: number
  /** Lines that fit on the screen. */
  readonly page: number
  readonly onScroll: (event: UIEvent<HTMLElement>) => void
  /** Moves as little as needed to show a line. */
  readonly reveal: (line: number) => void
  readonly toTop: () => void
}

function drawnAt(offset: number, scroll: number, scale: Scale, rowHeight: number): DrawnLines {
  const count = Math.round(scale.total / rowHeight)
  const first = Math.max(0, Math.floor(offset / rowHeight) - OVERSCAN)
  const last = Math.min(count, Math.ceil((offset + scale.view) / rowHeight) + OVERSCAN)
  return { first, last, shift: scroll - offset }
}

/**
 * Draws the few of many lines of one height that are seen. The scroller holds a head of
 * `headHeight` that stays, and below it an element of `height`.
 */
export function useRowWindow(
  options: {
    count: number
    rowHeight: number
    headHeight: number
    /** Rises when what is under the eye got that many more lines above it. */
    moved: { readonly serial: number; readonly rows: number }
  },
  onSeen: (seen: SeenLines) => void,
): RowWindow {
  const { count, rowHeight, headHeight, moved } = options
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState(640)
  const scale: Scale = { total: count * rowHeight, view }
  const place = useRef({ offset: 0, scroll: 0 })
  const [drawn, setDrawn] = useState(() => drawnAt(0, 0, scale, rowHeight))
  const rest = useRef<ReturnType<typeof setTimeout> | null>(null)

  const show = (offset: number, scroll: number) => {
    place.current = { offset, scroll }
    const next = drawnAt(offset, scroll, scale, rowHeight)
    setDrawn((before) =>
      before.first === next.first && before.last === next.last && before.shift === next.shift
        ? before
        : next,
    )
    onSeen({
      from: Math.floor(offset / rowHeight),
      to: Math.min(count, Math.ceil((offset + view) / rowHeight)),
      atTop: offset < rowHeight / 2,
    })
  }

  const moveTo = (offset: number) => {
    const most = Math.max(0, scale.total - scale.view)
    const wanted = Math.min(most, Math.max(0, offset))
    const element = scroller.current
    if (element) element.scrollTop = scrollOf(scale, wanted)
    show(wanted, element?.scrollTop ?? 0)
  }

  // The length, the height of the window or of a row changed: the eye stays where it is.
  const known = useRef({ count: -1, rowHeight, view, serial: moved.serial })
  useLayoutEffect(() => {
    const before = known.current
    const same =
      before.count === count &&
      before.rowHeight === rowHeight &&
      before.view === view &&
      before.serial === moved.serial
    if (same) return
    known.current = { count, rowHeight, view, serial: moved.serial }
    const { offset } = place.current
    const stays = moved.serial === before.serial || offset < rowHeight / 2
    moveTo((offset / before.rowHeight + (stays ? 0 : moved.rows)) * rowHeight)
  })

  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const measure = () => setView(Math.max(rowHeight, element.clientHeight - headHeight))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [rowHeight, headHeight])

  const onScroll = (event: UIEvent<HTMLElement>) => {
    const { scrollTop } = event.currentTarget
    const { offset, settle } = scrolled(scale, place.current, scrollTop)
    // In this frame, so that no blank is seen.
    flushSync(() => show(offset, scrollTop))
    if (rest.current !== null) clearTimeout(rest.current)
    rest.current = null
    if (settle === 'now') moveTo(offset)
    if (settle === 'at-rest') rest.current = setTimeout(() => moveTo(place.current.offset), REST_MS)
  }

  return {
    scroller,
    drawn,
    height: elementHeight(scale),
    page: Math.max(1, Math.floor(view / rowHeight) - 1),
    onScroll,
    reveal: (line) => moveTo(reveal(scale, place.current.offset, line * rowHeight, rowHeight)),
    toTop: () => moveTo(0),
  }
}
