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
    settings: {
      get: os.settings.get.handler(() => ({ bodyLimitBytes: rooms.bodyLimit.get() })),
      update: os.settings.update.handler(({ input }) => {
        rooms.bodyLimit.set(input.bodyLimitBytes)
        rooms.feed.publish({ status: true })
        return { bodyLimitBytes: rooms.bodyLimit.get() }
      }),
    },
  }
}
