import { randomUUID } from 'node:crypto'
import type { Store } from '#engine/store/open-store.ts'

/** Tells this data directory from every other, so that its own exports are recognised. */
export function instanceOf({ settings }: Pick<Store, 'settings'>): string {
  const known = settings.get('instance')
  if (known !== null) return known
  const made = randomUUID()
  settings.set('instance', made)
  return made
}

const two = (part: number) => String(part).padStart(2, '0')

/** `countersign-2026-11-22-153012`; the format adds its ending. */
export function fileName(nowMs: number): string {
  const at = new Date(nowMs)
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `countersign-${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`
}

/** Of a path only its last part, on one line; it is shown and tells the format, nothing else. */
export function shownName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const shown = last.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, 200)
  return shown === '' ? 'a file' : shown
}
