import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Settings } from '#contract/settings.ts'
import { EngineStartError } from '#engine/options.ts'
import type { Rooms } from './rooms.ts'
import { keymapFile } from './settings/keymap-file.ts'
import { changedSettings } from './settings/stored-settings.ts'

export function settingsCalls(rooms: Rooms) {
  const os = implement(api).settings
  const { settings, listening, store } = rooms
  const keymap = keymapFile(store.dataDir)
  const inTurn = oneAtATime()

  /** Stored first: a listener that moved must not be forgotten by a database that refuses. */
  const apply = async (wanted: Settings, listenerAnew: boolean) => {
    const before = settings.get()
    settings.set(wanted)
    try {
      await listening.apply(wanted.listener, { anew: listenerAnew })
    } catch (error) {
      settings.set(before)
      throw error
    }
    rooms.feed.publish({ settings: true, status: true })
  }

  return {
    get: os.get.handler(() => settings.get()),
    update: os.update.handler(({ input, errors }) =>
      inTurn(async () => {
        try {
          await apply(changedSettings(settings.get(), input), input.listener?.tls !== undefined)
        } catch (error) {
          if (!(error instanceof EngineStartError)) throw error
          throw errors.BAD_REQUEST({ message: error.message })
        }
        return settings.get()
      }),
    ),
    keymap: os.keymap.handler(async () => ({ file: keymap.file, ...(await keymap.read()) })),
    setKeymap: os.setKeymap.handler(({ input, errors }) =>
      inTurn(async () => {
        try {
          await keymap.write(input.keymap)
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error)
          throw errors.UNAVAILABLE({ message: `${keymap.file} could not be written: ${why}.` })
        }
        rooms.feed.publish({ settings: true })
        return {}
      }),
    ),
  }
}

/** Work that must not overlap, in the order in which it was asked for. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}
