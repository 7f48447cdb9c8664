import { call, implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Settings, SettingsChange } from '#contract/settings.ts'
import { EngineStartError } from '#engine/options.ts'
import type { endpointCalls } from './endpoint-calls.ts'
import type { Rooms } from './rooms.ts'
import type { savedFilterCalls } from './saved-filter-calls.ts'
import type { schemeCalls } from './scheme-calls.ts'
import { exportSettings } from './settings/export-settings.ts'
import { importSettings, type ImportCalls, schemesProblem } from './settings/import-settings.ts'
import { type KeymapFile, keymapFile } from './settings/keymap-file.ts'
import { readSettingsDocument } from './settings/settings-document.ts'
import { changedSettings } from './settings/stored-settings.ts'

/** What an import does, it does through the calls that everyone makes. */
interface OtherCalls {
  endpoints: ReturnType<typeof endpointCalls>
  schemes: ReturnType<typeof schemeCalls>
  savedFilters: ReturnType<typeof savedFilterCalls>
}

export function settingsCalls(rooms: Rooms, others: OtherCalls) {
  const os = implement(api).settings
  const { settings, store, feed } = rooms
  const keymap = keymapFile(store.dataDir)
  const inTurn = oneAtATime()
  const change = (wanted: SettingsChange) => inTurn(() => applyChange(rooms, wanted))

  return {
    get: os.get.handler(() => settings.get()),
    update: os.update.handler(async ({ input, errors }) => {
      try {
        return await change(input)
      } catch (error) {
        if (!(error instanceof EngineStartError)) throw error
        throw errors.BAD_REQUEST({ message: error.message })
      }
    }),
    stored: os.stored.handler(() => store.settings.stored()),
    export: os.export.handler(async () => {
      const document = exportSettings(rooms, (await keymap.read()).keymap)
      const day = new Date().toISOString().slice(0, 10)
      return {
        name: `countersign-settings-${day}.json`,
        json: `${JSON.stringify(document, null, 2)}\n`,
      }
    }),
    import: os.import.handler(async ({ input, errors }) => {
      const read = readSettingsDocument(input.json)
      const problem = 'problem' in read ? read.problem : schemesProblem(read.document)
      if ('problem' in read || problem !== null) {
        throw errors.BAD_REQUEST({ message: `${problem ?? ''} Nothing was changed.` })
      }
      return importSettings(read.document, rooms, importCalls(others, keymap, change))
    }),
    keymap: os.keymap.handler(async () => ({ file: keymap.file, ...(await keymap.read()) })),
    setKeymap: os.setKeymap.handler(({ input, errors }) =>
      inTurn(async () => {
        try {
          await keymap.write(input.keymap)
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error)
          throw errors.UNAVAILABLE({ message: `${keymap.file} could not be written: ${why}.` })
        }
        feed.publish({ settings: true })
        return {}
      }),
    ),
  }
}

/** Stored first: a listener that moved must not be forgotten by a database that refuses. */
async function applyChange(rooms: Rooms, wanted: SettingsChange): Promise<Settings> {
  const { settings, listening } = rooms
  const before = settings.get()
  const next = changedSettings(before, wanted)
  settings.set(next)
  try {
    await listening.apply(next.listener, { anew: wanted.listener?.tls !== undefined })
  } catch (error) {
    settings.set(before)
    throw error
  }
  rooms.outside.settingsChanged()
  if (wanted.retention !== undefined) rooms.upkeep.retentionChanged()
  rooms.feed.publish({ settings: true, status: true })
  return next
}

function importCalls(
  { endpoints, schemes, savedFilters }: OtherCalls,
  keymap: KeymapFile,
  change: (wanted: SettingsChange) => Promise<Settings>,
): ImportCalls {
  const context = { context: {} }
  return {
    saveScheme: (scheme) => call(schemes.save, { scheme }, context),
    createEndpoint: (endpoint) => call(endpoints.create, endpoint, context),
    updateEndpoint: (endpoint) => call(endpoints.update, endpoint, context),
    createFilter: (filter) => call(savedFilters.create, filter, context),
    updateFilter: (filter) => call(savedFilters.update, filter, context),
    updateSettings: change,
    mergeKeymap: async (given) => {
      const { keymap: here } = await keymap.read()
      await keymap.write({ ...here, ...given })
    },
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
