/**
 * What is carried over, in an order in which every row finds what it refers to. Search tables,
 * facets and hours are computed anew from the deliveries; `migrations` is written by migrating.
 */
export const KEPT_TABLES = [
  'endpoints',
  'endpoint_settings',
  'secrets',
  'slots',
  'settings',
  'own_schemes',
  'deliveries',
  'bodies',
  'messages',
  'marks',
  'tags',
  'delivery_tags',
  'delivery_times',
  'jobs',
  'removed',
  'saved_filters',
  'replays',
  'replay_bodies',
  'forwards',
  'batches',
  'composed',
  'checks',
  'replay_targets',
  'allowed_hosts',
  'imported',
] as const

export type KeptTable = (typeof KEPT_TABLES)[number]

/** Made anew from the others. */
const DERIVED = /^(migrations|sqlite_.*|search.*|facets|receipt_hours)$/

/** Also of a later migration that this list does not know yet. */
export function keptTables(all: readonly string[]): string[] {
  const known = KEPT_TABLES.filter((table) => all.includes(table))
  const others = all.filter((table) => !DERIVED.test(table) && !known.some((one) => one === table))
  return [...known, ...others]
}

const names: Readonly<Record<KeptTable, readonly [one: string, many: string]>> = {
  endpoints: ['endpoint', 'endpoints'],
  endpoint_settings: ['setting of an endpoint', 'settings of endpoints'],
  secrets: ['secret', 'secrets'],
  slots: ['slot of the data key', 'slots of the data key'],
  settings: ['setting', 'settings'],
  own_schemes: ['own scheme', 'own schemes'],
  deliveries: ['delivery', 'deliveries'],
  bodies: ['body', 'bodies'],
  messages: ['message', 'messages'],
  marks: ['pin or note', 'pins and notes'],
  tags: ['tag', 'tags'],
  delivery_tags: ['tag of a delivery', 'tags of deliveries'],
  delivery_times: ['time of an answer', 'times of answers'],
  jobs: ['job', 'jobs'],
  removed: ['removal', 'removals'],
  saved_filters: ['saved filter', 'saved filters'],
  replays: ['replay', 'replays'],
  replay_bodies: ['body of a replay', 'bodies of replays'],
  forwards: ['forward', 'forwards'],
  batches: ['bulk replay', 'bulk replays'],
  composed: ['composed webhook', 'composed webhooks'],
  checks: ['endpoint check', 'endpoint checks'],
  replay_targets: ['target of replays', 'targets of replays'],
  allowed_hosts: ['allowed host', 'allowed hosts'],
  imported: ['import record', 'import records'],
}

function isKept(table: string): table is KeptTable {
  return table in names
}

/** `12 deliveries`. */
export function countWords(count: number, table: string): string {
  const [one, many] = isKept(table) ? names[table] : [`row of ${table}`, `rows of ${table}`]
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}
