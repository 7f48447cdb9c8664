import type { Rooms } from './rooms.ts'

/** What was captured while secrets were locked is judged now that they are open. */
export function judgeWhatWasLocked({
  store,
  vault,
  roster,
}: Pick<Rooms, 'store' | 'vault' | 'roster'>): number[] {
  if (vault.state !== 'open') return []
  const locked = store.judging.lockedEndpoints()
  for (const endpointId of locked) store.endpoints.raiseRevision(endpointId)
  if (locked.length > 0) roster.reload()
  return locked
}

/** The data key opened, or secrets open that did not before, while everything runs. */
export function secretsOpened(rooms: Rooms): void {
  rooms.roster.reload()
  for (const endpointId of judgeWhatWasLocked(rooms)) rooms.rejudger.start(endpointId)
  rooms.feed.publish({ endpoints: true, status: true, settings: true })
}
