import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Rooms } from './rooms.ts'

export function statusCalls(rooms: Rooms) {
  const os = implement(api)
  return {
    status: {
      get: os.status.get.handler(() => rooms.status()),
      changes: os.status.changes.handler(({ signal }) => rooms.feed.subscribe(signal)),
    },
  }
}
