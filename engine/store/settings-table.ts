import type { Database } from 'better-sqlite3'

/** Settings as text by key; what they mean is their reader's business. */
export interface SettingsTable {
  get(key: string): string | null
  set(key: string, value: string): void
  /** Several at once: all of them or, where the database refuses, none. */
  setAll(values: Readonly<Record<string, string>>): void
  /** What is stored, as far as it is indexed, without counting it; bytes of bodies and headers. */
  stored(): { deliveries: number; bytes: number }
}

export function settingsTable(db: Database): SettingsTable {
  const get = db.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck()
  const set = db.prepare(
    `INSERT INTO settings (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  )
  const setAll = db.transaction((values: Readonly<Record<string, string>>) => {
    for (const [key, value] of Object.entries(values)) set.run(key, value)
  })
  const stored = db.prepare<[], { deliveries: number; bytes: number }>(
    'SELECT deliveries, bytes FROM search_state',
  )
  return {
    stored: () => stored.get() ?? { deliveries: 0, bytes: 0 },
    get: (key) => get.get(key) ?? null,
    set: (key, value) => {
      set.run(key, value)
    },
    setAll: (values) => setAll.immediate(values),
  }
}
