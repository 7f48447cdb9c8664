const PREFIX = 'countersign.'
const HISTORY = ['countersign.recent-filters', 'countersign.recent-commands']

function forget(names: readonly string[]): void {
  for (const name of names) localStorage.removeItem(name)
  // Whoever holds a copy of what was kept reads it anew, as after a change in another window.
  for (const name of names) window.dispatchEvent(new StorageEvent('storage', { key: name }))
}

/** Forgets the filters and commands that were used lately. */
export function clearHistory(): void {
  forget(HISTORY)
}

/** Forgets everything that this window remembers. */
export function clearChoices(): void {
  const names = Object.keys(localStorage)
  forget(names.filter((name) => name.startsWith(PREFIX)))
}
