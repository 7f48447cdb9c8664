import { colourOf, drawShape, fillStyle, type Mark, type Shape } from './look.ts'
import type { Ground } from './picture.tsx'

export interface Stack {
  fromMs: number
  parts: { mark: Mark; value: number }[]
}

const LEAST_PART = 2

/** Bars of stacked parts; what is there at all is at least two pixels high. */
export function drawBars(ground: Ground, stacks: readonly Stack[], bucketMs: number): void {
  const { context, scale } = ground
  const fills = new Map<Mark, string | CanvasPattern>()
  const fillOf = (mark: Mark) => {
    const fill = fills.get(mark) ?? fillStyle(mark, scale)
    fills.set(mark, fill)
    return fill
  }
  for (const { fromMs, parts } of stacks) {
    const left = Math.round(ground.x(fromMs))
    const right = Math.round(ground.x(fromMs + bucketMs))
    const gap = right - left > 4 * scale ? scale : 0
    let base = ground.y(0)
    let sum = 0
    for (const { mark, value } of parts) {
      if (value === 0) continue
      sum += value
      const top = Math.min(base - LEAST_PART * scale, ground.y(sum))
      context.fillStyle = fillOf(mark)
      context.fillRect(left, top, Math.max(scale, right - left - gap), base - top)
      base = top
    }
  }
}

/** Points with the shape and colour of what they are. */
export function drawPoints<Item>(
  ground: Ground,
  items: readonly Item[],
  placeOf: (item: Item) => { atMs: number; value: number; mark: Mark },
): void {
  const { context, scale } = ground
  const size = (items.length > 600 ? 2.2 : 3) * scale
  context.lineWidth = 1.5 * scale
  context.globalAlpha = items.length > 300 ? 0.75 : 1
  for (const item of items) {
    const { atMs, value, mark } = placeOf(item)
    context.fillStyle = colourOf(mark.colour)
    context.strokeStyle = context.fillStyle
    drawShape(context, mark.shape, ground.x(atMs), ground.y(value), size)
  }
  context.globalAlpha = 1
}

export interface LineLook {
  colour: string
  /** Lengths of dashes and gaps in CSS pixels; none: a whole line. */
  dashes?: number[]
  width?: number
  /** Of values that stand alone. */
  shape?: Shape
}

/** A line through the middles of buckets; it breaks where a bucket has no value. */
export function drawLine(
  ground: Ground,
  points: readonly { fromMs: number; value: number | null }[],
  bucketMs: number,
  look: LineLook,
): void {
  const { context, scale } = ground
  context.strokeStyle = colourOf(look.colour)
  context.fillStyle = context.strokeStyle
  context.lineWidth = (look.width ?? 1.5) * scale
  context.setLineDash((look.dashes ?? []).map((length) => length * scale))
  context.lineJoin = 'round'
  let before: number | null = null
  const runs: { x: number; y: number }[][] = []
  for (const { fromMs, value } of points) {
    if (value === null) continue
    const at = { x: ground.x(fromMs + bucketMs / 2), y: ground.y(value) }
    if (before !== null && fromMs - before <= bucketMs * 1.5) runs.at(-1)?.push(at)
    else runs.push([at])
    before = fromMs
  }
  context.beginPath()
  for (const run of runs) {
    run.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
  }
  context.stroke()
  context.setLineDash([])
  for (const [first, second] of runs) {
    if (first && !second) drawShape(context, look.shape ?? 'disc', first.x, first.y, 2 * scale)
  }
}

/** A level across the whole picture with its name at the right end, above or below it. */
export function drawLevel(
  ground: Ground,
  value: number,
  name: string | null,
  look: LineLook & { side?: 'above' | 'below' },
): void {
  const { context, scale, left, width } = ground
  const y = Math.round(ground.y(value)) + 0.5
  context.strokeStyle = colourOf(look.colour)
  context.lineWidth = (look.width ?? 1) * scale
  context.setLineDash((look.dashes ?? []).map((length) => length * scale))
  context.beginPath()
  context.moveTo(left, y)
  context.lineTo(left + width, y)
  context.stroke()
  context.setLineDash([])
  if (name === null) return
  context.font = `${11 * scale}px "Inter Variable", sans-serif`
  context.textAlign = 'right'
  context.textBaseline = look.side === 'below' ? 'top' : 'bottom'
  const shift = (look.side === 'below' ? 3 : -2) * scale
  const wide = context.measureText(name).width
  const right = left + width - 6 * scale
  context.fillStyle = colourOf('surface')
  context.globalAlpha = 0.8
  const top = look.side === 'below' ? y + scale : y - 15 * scale
  context.fillRect(right - wide - 3 * scale, top, wide + 6 * scale, 14 * scale)
  context.globalAlpha = 1
  context.fillStyle = colourOf(look.colour)
  context.fillText(name, right, y + shift)
}

/** The nearest of some points within reach of the pointer; `null`: none is. CSS pixels. */
export function nearest<Item extends { id: number }>(
  items: readonly Item[],
  placeOf: (item: Item) => { x: number; y: number },
  at: { x: number; y: number },
): number | null {
  let found: number | null = null
  let reach = 12
  for (const item of items) {
    const { x, y } = placeOf(item)
    const distance = Math.hypot(x - at.x, y - at.y)
    if (distance < reach) {
      reach = distance
      found = item.id
    }
  }
  return found
}
