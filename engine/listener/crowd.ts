import type { Served } from './served.ts'

/** Some tens of kilobytes each, and a file descriptor: more senders at once are an attack. */
export const MOST_CONNECTIONS = 2000
/** So many go at once, so that not every newcomer looks through all of them. */
const SHARE = 0.05

/**
 * Where too many connections are open, the longest silent ones end, idle ones first, then those that
 * are being read; who waits for our answer stays. A flood so crowds out itself and nobody honest.
 */
export function makeRoom(connections: ReadonlyMap<unknown, Served>, most: number): void {
  if (connections.size < most) return
  const all = [...connections.values()]
  const idle = all.filter(({ isBusy }) => !isBusy).sort(longestSilentFirst)
  const busy = all.filter(({ isBusy }) => isBusy).sort(longestSilentFirst)
  let wanted = Math.max(1, Math.floor(most * SHARE))
  for (const served of [...idle, ...busy]) {
    if (wanted === 0) return
    if (gaveWay(served)) wanted -= 1
  }
}

function gaveWay(served: Served): boolean {
  if (served.giveWay) return served.giveWay()
  if (served.isBusy) return false
  served.end()
  return true
}

function longestSilentFirst(one: Served, other: Served): number {
  return (one.heardAtMs ?? 0) - (other.heardAtMs ?? 0)
}
