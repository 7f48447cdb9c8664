import { useRef, type KeyboardEvent, type PointerEvent } from 'react'

interface Props {
  label: string
  /** Width of the pane that the divider sizes, in pixels. */
  width: number
  least: number
  most: number
  /** Which side of the divider the pane is on. */
  side: 'left' | 'right'
  onResize: (width: number) => void
}

const STEP = 16

/** A divider between panes: drag it, or use the arrow keys. */
export function PaneDivider({ label, width, least, most, side, onResize }: Props) {
  const start = useRef<{ x: number; width: number } | null>(null)
  const sign = side === 'left' ? 1 : -1
  const within = (next: number) => Math.round(Math.min(most, Math.max(least, next)))
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width }
  }
  const onPointerMove = (event: PointerEvent) => {
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
      onKeyDown={onKeyDown}
      className="group relative z-10 -mx-1 w-2.25 shrink-0 cursor-col-resize touch-none outline-none"
    >
      <span className="absolute inset-y-0 left-1 w-px bg-line group-hover:bg-accent group-focus-visible:left-0.75 group-focus-visible:w-0.75 group-focus-visible:bg-focus" />
    </div>
  )
}
