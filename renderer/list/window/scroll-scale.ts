/**
 * The tallest element that rows are laid out in. Chromium cuts elements at 33.5 million device
 * pixels; this stays below that at every zoom up to 500 %.
 */
export const TALLEST = 6_000_000

/** Heights in CSS pixels: of all rows together, and of what is seen of them. */
export interface Scale {
  readonly total: number
  readonly view: number
}

/** Where the eye is: `offset` in the rows, `scroll` on the scrollbar. */
export interface ScrollPlace {
  readonly offset: number
  readonly scroll: number
}

export function elementHeight({ total }: Scale): number {
  return Math.min(total, TALLEST)
}

function ends(scale: Scale): { offset: number; scroll: number } {
  return {
    offset: Math.max(0, scale.total - scale.view),
    scroll: Math.max(0, elementHeight(scale) - scale.view),
  }
}

/** Where the scrollbar belongs for an offset. */
export function scrollOf(scale: Scale, offset: number): number {
  const end = ends(scale)
  return end.offset === 0 ? 0 : (within(offset, end.offset) / end.offset) * end.scroll
}

function offsetOf(scale: Scale, scroll: number): number {
  const end = ends(scale)
  return end.scroll === 0 ? 0 : (within(scroll, end.scroll) / end.scroll) * end.offset
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, value))
}

/**
 * The scrollbar moved to `scroll`. Where rows do not fit one to one, small moves (wheel, keys,
 * touch) go by real pixels and large ones (dragging the thumb) to the same share of the rows;
 * `settle`: the scrollbar stands elsewhere than the offset says and should be put right, at once
 * where it cannot go on, else when it rests.
 */
export function scrolled(
  scale: Scale,
  before: ScrollPlace,
  scroll: number,
): { offset: number; settle: 'no' | 'at-rest' | 'now' } {
  const end = ends(scale)
  if (end.offset === end.scroll) return { offset: within(scroll, end.offset), settle: 'no' }
  const by = scroll - before.scroll
  if (Math.abs(by) >= scale.view) return { offset: offsetOf(scale, scroll), settle: 'no' }
  const offset = within(before.offset + by, end.offset)
  if (Math.abs(scrollOf(scale, offset) - scroll) <= 1) {
    // A pixel of the scrollbar is several of the rows: at its ends it means theirs.
    if (scroll <= 0) return { offset: 0, settle: 'no' }
    return { offset: scroll >= end.scroll - 1 && by > 0 ? end.offset : offset, settle: 'no' }
  }
  const stuck = (scroll <= 0 && offset > 0) || (scroll >= end.scroll - 1 && offset < end.offset)
  return { offset, settle: stuck ? 'now' : 'at-rest' }
}

/** The least change of the offset that brings a row into view. */
export function reveal(scale: Scale, offset: number, rowTop: number, rowHeight: number): number {
  if (rowTop < offset) return Math.max(0, rowTop)
  const most = rowTop + rowHeight - scale.view
  return offset < most ? within(most, ends(scale).offset) : within(offset, ends(scale).offset)
}
