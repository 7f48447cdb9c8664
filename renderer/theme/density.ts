import { useSyncExternalStore } from 'react'

export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]

/** Height of a row in CSS pixels; the same as `--row` in tokens.css. */
export const rowHeights: Readonly<Record<Density, number>> = { comfortable: 32, compact: 26 }

const KEY = 'countersign.density'
const listeners = new Set<() => void>()

/** What the person chose on this machine. */
export function densityChoice(): Density {
  const kept = localStorage.getItem(KEY)
  return densities.find((each) => each === kept) ?? 'comfortable'
}

function apply(): void {
  document.documentElement.dataset['density'] = densityChoice()
  for (const listener of listeners) listener()
}

export function chooseDensity(density: Density): void {
  localStorage.setItem(KEY, density)
  apply()
}

/** The other of the two. */
export function nextDensity(): void {
  chooseDensity(densityChoice() === 'compact' ? 'comfortable' : 'compact')
}

/** Sets the density before the first paint. */
export function installDensity(): void {
  apply()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The density and its height of a row in pixels, for lists that place rows themselves. */
export function useDensity(): { density: Density; rowHeight: number } {
  const density = useSyncExternalStore(subscribe, densityChoice)
  return { density, rowHeight: rowHeights[density] }
}
