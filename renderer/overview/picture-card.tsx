import { useEffect, useRef, type ReactNode } from 'react'
import { onThemeChange } from '#renderer/theme/theme.ts'
import { colourOf, drawShape, fillStyle, type Mark } from './look.ts'

/** A picture with its name, what it comes to, and what lies under the pointer. */
export function PictureCard(props: {
  title: string
  /** The whole span in a few words. */
  summary: ReactNode
  /** What lies under the pointer; `null`: the summary stands there. */
  readout: string | null
  legend?: ReactNode
  note?: ReactNode
  wide?: boolean
  children: ReactNode
}) {
  return (
    <section
      aria-label={props.title}
      className={`flex min-w-0 flex-col rounded-md border border-line bg-surface pt-3 ${props.wide ? '@4xl:col-span-2' : ''}`}
    >
      <header className="flex min-h-5 items-baseline gap-3 px-4">
        <h2 className="shrink-0 font-medium">{props.title}</h2>
        <p className="selectable min-w-0 flex-1 truncate text-right text-sm text-ink-2">
          {props.readout ?? props.summary}
        </p>
      </header>
      <div className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-0.5 px-4 pt-0.5 text-sm text-ink-2">
        {props.legend}
      </div>
      <div className="min-w-0 px-1 pt-1">{props.children}</div>
      {props.note && <div className="px-4 pb-2.5 text-sm text-ink-3">{props.note}</div>}
    </section>
  )
}

const SWATCH = 12
type SwatchKind = 'fill' | 'shape' | 'line' | 'dashes' | 'dots'

function drawSwatch(canvas: HTMLCanvasElement, mark: Mark, as: SwatchKind): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const scale = window.devicePixelRatio
  canvas.width = SWATCH * scale
  canvas.height = SWATCH * scale
  const middle = (SWATCH * scale) / 2
  context.strokeStyle = colourOf(mark.colour)
  context.lineWidth = 1.5 * scale
  if (as === 'fill') {
    context.fillStyle = fillStyle(mark, scale)
    context.fillRect(0, 0, SWATCH * scale, SWATCH * scale)
    context.strokeRect(0, 0, SWATCH * scale, SWATCH * scale)
    return
  }
  if (as === 'shape') {
    context.fillStyle = colourOf(mark.colour)
    drawShape(context, mark.shape, middle, middle, 3.5 * scale)
    return
  }
  const dash = { line: [], dashes: [3 * scale, 2 * scale], dots: [scale, 2 * scale] }[as]
  context.setLineDash(dash)
  context.beginPath()
  context.moveTo(0, middle)
  context.lineTo(SWATCH * scale, middle)
  context.stroke()
}

/** How something is drawn in the picture, beside its name. */
function Swatch({ mark, as }: { mark: Mark; as: SwatchKind }) {
  const holder = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = holder.current
    if (!canvas) return undefined
    drawSwatch(canvas, mark, as)
    return onThemeChange(() => drawSwatch(canvas, mark, as))
  }, [mark, as])
  return (
    <canvas
      ref={holder}
      aria-hidden
      className={`size-3 shrink-0 ${as === 'fill' ? 'rounded-[2px]' : ''}`}
    />
  )
}

export function LegendItem(props: { mark: Mark; as: SwatchKind; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Swatch mark={props.mark} as={props.as} />
      {props.children}
    </span>
  )
}
