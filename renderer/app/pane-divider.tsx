import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'

interface Props {
  label: string
  /** Width of the pane that the divider sizes, in pixels. */
  width: number
  least: number
  most: number
  /** Which side of the divider the pane is on. */
  side: 'left' | 'right'
  onResize: (width: number) => void
  /** A double click: back to the width that it has by itself. */
  onReset: () => void
}

const STEP = 16

/** A divider between panes: drag it, use the arrow keys, or double-click it for its own width. */
export function PaneDivider({ label, width, least, most, side, onResize, onReset }: Props) {
  // A pane that opens under a pointer at rest should not light its edge up: that takes a move.
  const [over, setOver] = useState(false)
  const start = useRef<{ x: number; width: number } | null>(null)
  const sign = side === 'left' ? 1 : -1
  const within = (next: number) => Math.round(Math.min(most, Math.max(least, next)))
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (event.movementX !== 0 || event.movementY !== 0) setOver(true)
    if (start.current)
      onResize(within(start.current.width + sign * (event.clientX - start.current.x)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    onResize(within(width + sign * step))
  }
  return (
    <div
      role="separator"
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={Math.round(width)}
      aria-valuemin={least}
      aria-valuemax={Math.max(most, least)}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null
      }}
      onDoubleClick={onReset}
      onPointerLeave={() => setOver(false)}
      onKeyDown={onKeyDown}
      className="group relative z-10 -mx-1 w-2.25 shrink-0 cursor-col-resize touch-none outline-none"
    >
      <span
        className={`absolute inset-y-0 left-1 w-px transition-colors duration-100 group-focus-visible:left-0.75 group-focus-visible:w-0.75 group-focus-visible:bg-focus ${over ? 'bg-accent' : 'bg-line'}`}
      />
    </div>
  )
}
