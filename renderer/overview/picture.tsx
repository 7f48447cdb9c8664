import { memo, useEffect, useLayoutEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { onThemeChange } from '#renderer/theme/theme.ts'
import { colourOf } from './look.ts'
import type { YScale } from './scales.ts'
import { tickLabel, timeTicks } from './time-ticks.ts'

export interface Span {
  fromMs: number
  toMs: number
}

/** The canvas that marks are drawn on; positions in its own pixels. */
export interface Ground {
  context: CanvasRenderingContext2D
  /** Device pixels in a CSS pixel. */
  scale: number
  x: (ms: number) => number
  y: (value: number) => number
  left: number
  top: number
  width: number
  height: number
}

interface Props {
  /** What there is to see, for those who cannot. */
  label: string
  height: number
  span: Span
  y: YScale
  draw: (ground: Ground) => void
  /** Of a brush; `null` takes it away. */
  selected: Span | null
  onSelect: (span: Span) => void
  /** Where the pointer is; `null`: it is elsewhere. */
  onHover: (ms: number | null) => void
  /** The delivery that is drawn here, if any; CSS pixels within the plot. */
  hit?:
    ((at: { x: number; y: number }, ground: Pick<Ground, 'x' | 'y'>) => number | null) | undefined
  onOpen?: ((deliveryId: number) => void) | undefined
}

/** Marks are drawn by hand; the axes want some data. */
const nothing: uPlot.AlignedData = [
  [0, 1],
  [null, null],
]

const AXIS_WIDTH = 56
const AXIS_HEIGHT = 24
const FONT = '11px "Inter Variable", sans-serif'

function groundOf(plot: uPlot): Ground {
  const { left, top, width, height } = plot.bbox
  return {
    context: plot.ctx,
    scale: uPlot.pxRatio,
    x: (ms) => plot.valToPos(ms, 'x', true),
    y: (value) => plot.valToPos(value, 'y', true),
    ...{ left, top, width, height },
  }
}

/** Everything that may change while the picture stands is read through `now`. */
function optionsOf(now: () => Props, width: number): uPlot.Options {
  const grid = { stroke: () => colourOf('line'), width: 1 }
  const axis: uPlot.Axis = {
    stroke: () => colourOf('ink-3'),
    font: FONT,
    grid,
    ticks: { show: false },
  }
  const ticks = (plot: uPlot) =>
    timeTicks(now().span.fromMs, now().span.toMs, plot.bbox.width / uPlot.pxRatio / 88)
  return {
    width,
    height: now().height,
    ms: 1,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [now().span.fromMs, now().span.toMs] },
      y: { range: () => [now().y.forth(now().y.least), now().y.forth(now().y.most)] },
    },
    axes: [
      {
        ...axis,
        size: AXIS_HEIGHT,
        gap: 4,
        splits: (plot) => ticks(plot).at,
        values: (plot, splits) => splits.map((ms) => tickLabel(ms, ticks(plot).stepMs)),
      },
      {
        ...axis,
        size: AXIS_WIDTH,
        gap: 6,
        splits: () => now().y.ticks.map(now().y.forth),
        values: () => now().y.ticks.map(now().y.format),
      },
    ],
    series: [{}, { show: true, stroke: 'transparent', points: { show: false } }],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: 4 },
      sync: {
        key: 'overview',
        scales: ['x', null],
        // Pictures look at the same moment; what is brushed they are told.
        filters: { pub: (type) => type === 'mousemove' || type === 'mouseleave' },
      },
    },
    hooks: {
      draw: [
        (plot) => {
          const ground = groundOf(plot)
          const { context } = ground
          context.save()
          context.beginPath()
          context.rect(ground.left, ground.top, ground.width, ground.height)
          context.clip()
          now().draw({ ...ground, y: (value) => ground.y(now().y.forth(value)) })
          context.restore()
          // Only now are its ends where the scale has them.
          showSelected(plot, now().selected)
        },
      ],
      setCursor: [
        (plot) => {
          const { left } = plot.cursor
          now().onHover(left === undefined || left < 0 ? null : plot.posToVal(left, 'x'))
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width: wide } = plot.select
          if (wide < 3) return
          now().onSelect({
            fromMs: plot.posToVal(left, 'x'),
            toMs: plot.posToVal(left + wide, 'x'),
          })
        },
      ],
    },
  }
}

function showSelected(plot: uPlot, selected: Span | null): void {
  const left = selected ? Math.max(0, plot.valToPos(selected.fromMs, 'x')) : 0
  const right = selected ? Math.min(plot.over.clientWidth, plot.valToPos(selected.toMs, 'x')) : 0
  const height = selected ? plot.over.clientHeight : 0
  plot.setSelect({ left, top: 0, width: Math.max(0, right - left), height }, false)
}

/** Finds the delivery under the pointer. */
function hitAt(plot: uPlot, props: Props, event: MouseEvent): number | null {
  const box = plot.over.getBoundingClientRect()
  const at = { x: event.clientX - box.left, y: event.clientY - box.top }
  const place = {
    x: (ms: number) => plot.valToPos(ms, 'x'),
    y: (value: number) => plot.valToPos(props.y.forth(value), 'y'),
  }
  return props.hit?.(at, place) ?? null
}

/** A canvas with axes over a span of time; a brush along it chooses a part of the span. */
export const Picture = memo(function Picture(props: Props) {
  const holder = useRef<HTMLDivElement>(null)
  const plotted = useRef<uPlot | null>(null)
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    const element = holder.current
    if (!element) return undefined
    const plot = new uPlot(
      optionsOf(() => latest.current, element.clientWidth),
      nothing,
      element,
    )
    plotted.current = plot
    const onMove = (event: MouseEvent) => {
      const found = hitAt(plot, latest.current, event)
      plot.over.style.cursor = found === null ? 'crosshair' : 'pointer'
    }
    const onClick = (event: MouseEvent) => {
      const found = plot.select.width > 3 ? null : hitAt(plot, latest.current, event)
      if (found !== null) latest.current.onOpen?.(found)
    }
    plot.over.addEventListener('mousemove', onMove)
    plot.over.addEventListener('click', onClick)
    const resized = new ResizeObserver(() => {
      if (element.clientWidth === 0) return
      plot.setSize({ width: element.clientWidth, height: latest.current.height })
    })
    resized.observe(element)
    const stopListening = onThemeChange(() => plot.redraw(false))
    return () => {
      resized.disconnect()
      stopListening()
      plot.destroy()
      plotted.current = null
    }
  }, [])
  // Each time: it is drawn anew only when something of it changed.
  useEffect(() => {
    plotted.current?.setData(nothing)
  })
  return (
    <div
      ref={holder}
      role="img"
      aria-label={props.label}
      className="w-full [&_.u-cursor-x]:border-line-strong! [&_.u-select]:bg-accent/15!"
      style={{ height: props.height }}
    />
  )
})
