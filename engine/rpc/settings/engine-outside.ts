import type { EngineOptions } from '#engine/options.ts'
import type { ChangeFeed } from '#engine/rpc/changes.ts'
import type { Problems } from '#engine/rpc/problems.ts'
import { openOutside, type OutsideRoom } from '#engine/tunnels/outside.ts'
import type { ListenerControl } from './listener-control.ts'
import type { StoredSettings } from './stored-settings.ts'

/** Puts together how the listener is reached from outside. */
export function engineOutside(
  { tunnelPrograms }: EngineOptions,
  rooms: {
    settings: StoredSettings
    listening: ListenerControl
    problems: Problems
    feed: ChangeFeed
  },
): OutsideRoom {
  const { settings, listening, problems, feed } = rooms
  return openOutside({
    listening: () => listening.status(),
    settings: () => settings.get().listener,
    pathToken: () => listening.pathToken(settings.get().listener),
    problems,
    onChange: () => feed.publish({ status: true }),
    env: process.env,
    ...tunnelPrograms,
  })
}
