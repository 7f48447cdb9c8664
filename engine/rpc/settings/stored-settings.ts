import type { z } from 'zod'
import {
  ListenerSettings,
  Notifications,
  Retention,
  Settings,
  type SettingsChange,
} from '#contract/settings.ts'
import type { SettingsTable } from '#engine/store/settings-table.ts'

const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_PORT = 4100
const DEFAULT_BODY_LIMIT_BYTES = 25 * 1024 * 1024

/** What people chose, section by section, each as JSON under its own key. */
export interface StoredSettings {
  get(): Settings
  /** Writes the sections that differ; throws what the database refuses, and then nothing changed. */
  set(settings: Settings): void
  /** Sections that stand in the database but cannot be read; their defaults are used. */
  readonly unreadable: readonly string[]
}

const sections = {
  listener: ListenerSettings,
  retention: Retention,
  notifications: Notifications,
} satisfies Record<keyof Settings, z.ZodType>

function defaults(table: SettingsTable): Settings {
  // Before settings had sections, the limit stood alone.
  const limit = ListenerSettings.shape.bodyLimitBytes.safeParse(Number(table.get('bodyLimitBytes')))
  const bodyLimitBytes = limit.success ? limit.data : DEFAULT_BODY_LIMIT_BYTES
  return {
    listener: { host: DEFAULT_HOST, port: DEFAULT_PORT, tls: null, bodyLimitBytes },
    retention: { maxCount: null, maxAgeDays: null, maxBytes: null },
    notifications: { enabled: false, rules: [] },
  }
}

export function storedSettings(table: SettingsTable): StoredSettings {
  const unreadable: string[] = []
  const given = defaults(table)
  function read<Section>(key: keyof Settings, shape: z.ZodType<Section>, fallback: Section) {
    const text = table.get(key)
    if (text === null) return fallback
    const parsed = shape.safeParse(parseJson(text))
    if (parsed.success) return parsed.data
    unreadable.push(key)
    return fallback
  }
  let current: Settings = {
    listener: read('listener', sections.listener, given.listener),
    retention: read('retention', sections.retention, given.retention),
    notifications: read('notifications', sections.notifications, given.notifications),
  }
  return {
    get: () => current,
    set(wanted) {
      const changed: Record<string, string> = {}
      for (const key of ['listener', 'retention', 'notifications'] as const) {
        const text = JSON.stringify(wanted[key])
        if (text !== JSON.stringify(current[key])) changed[key] = text
      }
      table.setAll(changed)
      current = wanted
    },
    unreadable,
  }
}

/** `undefined` for what is no JSON, which no section is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The settings with a change laid over them, field by field. */
export function changedSettings(settings: Settings, change: SettingsChange): Settings {
  return Settings.parse({
    listener: laidOver(settings.listener, change.listener),
    retention: laidOver(settings.retention, change.retention),
    notifications: laidOver(settings.notifications, change.notifications),
  })
}

/** Callers of this process may name a field and leave it undefined: that changes nothing. */
function laidOver(section: object, change: object | undefined): unknown {
  const said = Object.entries(change ?? {}).filter(([, value]) => value !== undefined)
  return { ...section, ...Object.fromEntries(said) }
}
