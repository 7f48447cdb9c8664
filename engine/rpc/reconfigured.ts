import type { Rooms } from './rooms.ts'

/** An endpoint's configuration changed: it counts from now on, and earlier rows are judged anew. */
export function reconfigured(rooms: Rooms, endpointId: number): void {
  rooms.roster.reload()
  rooms.feed.publish({ endpoints: true })
  rooms.rejudger.start(endpointId)
}
