import type { DuplicateKind, Verdict } from '#contract/verdict.ts'
import { onThemeChange } from '#renderer/theme/theme.ts'

/** How a verdict's bars are filled, so that they are told apart without their colours. */
type Fill =
  'solid' | 'rising' | 'falling' | 'lines' | 'bars' | 'dots' | 'grid' | 'checks' | 'hollow'
/** How the same is marked where it is a point. */
export type Shape = 'disc' | 'cross' | 'triangle' | 'square' | 'diamond' | 'ring'

export interface Mark {
  /** A colour of the theme, without the dashes. */
  colour: string
  fill: Fill
  shape: Shape
}

export const verdictMarks: Record<Verdict, Mark> = {
  valid: { colour: 'green', fill: 'solid', shape: 'disc' },
  invalid: { colour: 'red', fill: 'rising', shape: 'cross' },
  stale: { colour: 'amber', fill: 'lines', shape: 'triangle' },
  unsigned: { colour: 'grey', fill: 'dots', shape: 'square' },
  malformed: { colour: 'orange', fill: 'grid', shape: 'diamond' },
  'no-secret': { colour: 'blue', fill: 'bars', shape: 'square' },
  locked: { colour: 'blue', fill: 'falling', shape: 'square' },
  incomplete: { colour: 'orange', fill: 'checks', shape: 'diamond' },
  'no-scheme': { colour: 'grey', fill: 'hollow', shape: 'ring' },
  challenge: { colour: 'violet', fill: 'dots', shape: 'diamond' },
}

export const duplicateMarks: Record<DuplicateKind, Mark> = {
  retry: { colour: 'accent', fill: 'solid', shape: 'disc' },
  'exact-replay': { colour: 'violet', fill: 'solid', shape: 'diamond' },
  'id-reuse': { colour: 'red', fill: 'solid', shape: 'cross' },
  'same-body': { colour: 'grey', fill: 'solid', shape: 'ring' },
}

const known = new Map<string, string>()
onThemeChange(() => known.clear())

/** A colour of the theme as it is now, for a canvas. */
export function colourOf(token: string): string {
  const found = known.get(token)
  if (found !== undefined) return found
  const colour = getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim()
  known.set(token, colour)
  return colour
}

const TILE = 6

function drawTile(context: CanvasRenderingContext2D, fill: Fill): void {
  const line = (fromX: number, fromY: number, toX: number, toY: number) => {
    context.beginPath()
    context.moveTo(fromX, fromY)
    context.lineTo(toX, toY)
    context.stroke()
  }
  if (fill === 'rising' || fill === 'grid') {
    for (const shift of [-TILE, 0, TILE]) line(shift - 1, TILE + 1, shift + TILE + 1, -1)
  }
  if (fill === 'falling' || fill === 'grid') {
    for (const shift of [-TILE, 0, TILE]) line(shift - 1, -1, shift + TILE + 1, TILE + 1)
  }
  if (fill === 'lines') line(0, TILE / 2, TILE, TILE / 2)
  if (fill === 'bars') line(TILE / 2, 0, TILE / 2, TILE)
  if (fill === 'dots') context.fillRect(TILE / 2 - 1, TILE / 2 - 1, 2, 2)
  if (fill === 'checks') {
    context.fillRect(0, 0, TILE / 2, TILE / 2)
    context.fillRect(TILE / 2, TILE / 2, TILE / 2, TILE / 2)
  }
  if (fill === 'hollow') context.fillRect(0, 0, TILE, TILE)
}

/** A verdict's colour with its pattern; `scale` is device pixels per CSS pixel. */
export function fillStyle(mark: Mark, scale: number): string | CanvasPattern {
  const colour = colourOf(mark.colour)
  const tile = document.createElement('canvas')
  const context = tile.getContext('2d')
  if (mark.fill === 'solid' || !context) return colour
  tile.width = Math.round(TILE * scale)
  tile.height = tile.width
  context.scale(tile.width / TILE, tile.width / TILE)
  context.fillStyle = colour
  context.fillRect(0, 0, TILE, TILE)
  context.fillStyle = colourOf('surface')
  context.strokeStyle = context.fillStyle
  context.lineWidth = 1.4
  drawTile(context, mark.fill)
  return context.createPattern(tile, 'repeat') ?? colour
}

/** Draws a point; `size` is its radius in the pixels of the canvas. */
export function drawShape(
  context: CanvasRenderingContext2D,
  shape: Shape,
  x: number,
  y: number,
  size: number,
): void {
  context.beginPath()
  if (shape === 'disc' || shape === 'ring') context.arc(x, y, size, 0, 2 * Math.PI)
  if (shape === 'square') context.rect(x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7)
  if (shape === 'triangle') {
    context.moveTo(x, y - size * 1.2)
    context.lineTo(x + size * 1.1, y + size * 0.8)
    context.lineTo(x - size * 1.1, y + size * 0.8)
    context.closePath()
  }
  if (shape === 'diamond') {
    context.moveTo(x, y - size * 1.25)
    context.lineTo(x + size * 1.25, y)
    context.lineTo(x, y + size * 1.25)
    context.lineTo(x - size * 1.25, y)
    context.closePath()
  }
  if (shape === 'cross') {
    context.moveTo(x - size, y - size)
    context.lineTo(x + size, y + size)
    context.moveTo(x + size, y - size)
    context.lineTo(x - size, y + size)
  }
  if (shape === 'cross' || shape === 'ring') context.stroke()
  else context.fill()
}
