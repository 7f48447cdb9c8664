import type { Database } from 'better-sqlite3'

/** Hosts beside loopback that a person let us send to, each in one spelling. */
export interface AllowedHostsTable {
  /** By name. */
  list(): string[]
  has(host: string): boolean
  /** @returns false when it was allowed already */
  allow(host: string): boolean
  /** @returns false when it was not allowed */
  disallow(host: string): boolean
}

export function allowedHostsTable(db: Database): AllowedHostsTable {
  const all = db.prepare<[], string>('SELECT host FROM allowed_hosts ORDER BY host').pluck()
  const one = db.prepare<[string], 1>('SELECT 1 FROM allowed_hosts WHERE host = ?').pluck()
  const add = db.prepare('INSERT OR IGNORE INTO allowed_hosts (host, allowed_at_ms) VALUES (?, ?)')
  const drop = db.prepare('DELETE FROM allowed_hosts WHERE host = ?')
  return {
    list: () => all.all(),
    has: (host) => one.get(host) !== undefined,
    allow: (host) => add.run(host, Date.now()).changes > 0,
    disallow: (host) => drop.run(host).changes > 0,
  }
}
