const NAME = 'countersign.recent-commands'
const MOST = 6

/** The entries of the palette that were chosen last on this machine, the newest first. */
export function recentEntries(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, MOST) : []
  } catch {
    // Written by something else; it costs an order and nothing more.
    return []
  }
}

export function noteEntry(id: string): void {
  const others = recentEntries().filter((each) => each !== id)
  localStorage.setItem(NAME, JSON.stringify([id, ...others].slice(0, MOST)))
}
