import type { Database } from 'better-sqlite3'
import type { Answering } from '#contract/answering.ts'
import type { Forwarding } from '#contract/forwarding.ts'
import type { Tolerance } from '#contract/verification.ts'
import { settingsWriter } from './endpoint-settings-table.ts'
import type { Conflict, EndpointPatch, EndpointRow } from './types.ts'

/** Endpoint colours come from a palette of eight. */
const PALETTE_SIZE = 8

interface StoredEndpoint extends Omit<
  EndpointRow,
  'tolerance' | 'answerChallenges' | 'answering' | 'forwarding'
> {
  tolerance: string | null
  answering: string | null
  forwarding: string | null
  answerChallenges: 0 | 1
}

export interface NewEndpointRow {
  name: string
  path: string
  schemeId: string | null
  tolerance: Tolerance | null
  /** Absent: the colour that the fewest endpoints have. */
  colour?: number | undefined
  /** Absent: they are answered. */
  answerChallenges?: boolean | undefined
  answering?: Answering | null | undefined
  forwarding?: Forwarding | null | undefined
}

export interface EndpointsTable {
  /** In order of creation, without removed ones. */
  list(): EndpointRow[]
  get(id: number): EndpointRow | null
  /** @param within what else belongs to it, written in the same transaction: all of it or nothing */
  create(endpoint: NewEndpointRow, within?: (made: EndpointRow) => void): EndpointRow | Conflict
  /** Raises the revision when scheme, tolerance or settings change; `null`: there is no such endpoint. */
  update(id: number, patch: EndpointPatch): EndpointRow | Conflict | null
  /** Hides it and deletes its secrets and settings; its deliveries stay and keep its name. */
  remove(id: number): boolean
  /** What was judged before is to be judged anew, such as after unlocking. */
  raiseRevision(id: number): void
}

const COLUMNS = `id, name, path, scheme_id AS schemeId, tolerance,
  answer_challenges AS answerChallenges, answering, forwarding, colour, revision, created_at_ms AS createdAtMs`

function packTolerance(tolerance: Tolerance | null): string | null {
  if (tolerance === null) return null
  const { pastSeconds, futureSeconds } = tolerance
  return JSON.stringify({ pastSeconds, futureSeconds })
}

function toRow(stored: StoredEndpoint): EndpointRow {
  const tolerance: Tolerance | null = parsed(stored.tolerance)
  const answering: Answering | null = parsed(stored.answering)
  const forwarding: Forwarding | null = parsed(stored.forwarding)
  const answerChallenges = stored.answerChallenges === 1
  return { ...stored, tolerance, answering, forwarding, answerChallenges }
}

/** JSON of the contract, as it was checked before it was written. */
const parsed = (json: string | null) => (json === null ? null : JSON.parse(json))

function pack(value: Answering | Forwarding | null | undefined): string | null {
  return value == null ? null : JSON.stringify(value)
}

export function endpointsTable(db: Database): EndpointsTable {
  const list = db.prepare<[], StoredEndpoint>(
    `SELECT ${COLUMNS} FROM endpoints WHERE removed_at_ms IS NULL ORDER BY id`,
  )
  const get = db.prepare<[number], StoredEndpoint>(
    `SELECT ${COLUMNS} FROM endpoints WHERE removed_at_ms IS NULL AND id = ?`,
  )
  const taken = {
    name: db.prepare<[string, number]>(
      'SELECT 1 FROM endpoints WHERE removed_at_ms IS NULL AND name = ? AND id <> ?',
    ),
    path: db.prepare<[string, number]>(
      'SELECT 1 FROM endpoints WHERE removed_at_ms IS NULL AND path = ? AND id <> ?',
    ),
  }
  const insert = db.prepare(
    `INSERT INTO endpoints (name, path, scheme_id, tolerance, answer_challenges, answering,
       forwarding, colour, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const change = db.prepare(
    `UPDATE endpoints SET name = ?, path = ?, scheme_id = ?, tolerance = ?, answer_challenges = ?,
       answering = ?, forwarding = ?, revision = ? WHERE id = ?`,
  )
  const raise = db.prepare('UPDATE endpoints SET revision = revision + 1 WHERE id = ?')
  const hide = db.prepare(
    'UPDATE endpoints SET removed_at_ms = ? WHERE id = ? AND removed_at_ms IS NULL',
  )
  const settings = settingsWriter(db)
  const dropSecrets = db.prepare('DELETE FROM secrets WHERE endpoint_id = ?')

  const read = (id: number): EndpointRow | null => {
    const stored = get.get(id)
    return stored === undefined ? null : toRow(stored)
  }
  const conflict = (name: string, path: string, id: number): Conflict | null => {
    if (taken.name.get(name, id) !== undefined) return { conflict: 'name' }
    return taken.path.get(path, id) === undefined ? null : { conflict: 'path' }
  }

  const create = db.transaction((...[endpoint, within]: Parameters<EndpointsTable['create']>) => {
    const { name, path, schemeId, tolerance } = endpoint
    const clash = conflict(name, path, 0)
    if (clash !== null) return clash
    const colour = endpoint.colour ?? rarestColour(list.all())
    const answers = endpoint.answerChallenges === false ? 0 : 1
    const how = [packTolerance(tolerance), answers, pack(endpoint.answering)]
    const rest = [pack(endpoint.forwarding), colour, Date.now()]
    const done = insert.run(name, path, schemeId, ...how, ...rest)
    const row = read(Number(done.lastInsertRowid))
    if (row === null) throw new Error('An endpoint that was just created cannot be read.')
    within?.(row)
    return read(row.id) ?? row
  })

  const update = db.transaction(
    (id: number, patch: EndpointPatch): EndpointRow | Conflict | null => {
      const old = read(id)
      if (old === null) return null
      const name = patch.name ?? old.name
      const path = patch.path ?? old.path
      const clash = conflict(name, path, id)
      if (clash !== null) return clash
      const schemeId = patch.schemeId === undefined ? old.schemeId : patch.schemeId
      const tolerance = packTolerance(
        patch.tolerance === undefined ? old.tolerance : patch.tolerance,
      )
      const answers = (patch.answerChallenges ?? old.answerChallenges) ? 1 : 0
      const answering = patch.answering === undefined ? old.answering : patch.answering
      const forwarding = patch.forwarding === undefined ? old.forwarding : patch.forwarding
      const settingsDiffer = settings.change(id, patch.settings ?? [])
      const judgesAlike =
        schemeId === old.schemeId && tolerance === packTolerance(old.tolerance) && !settingsDiffer
      const revision = old.revision + (judgesAlike ? 0 : 1)
      const acting = [answers, pack(answering), pack(forwarding)]
      change.run(name, path, schemeId, tolerance, ...acting, revision, id)
      return read(id)
    },
  )

  const remove = db.transaction((id: number): boolean => {
    if (hide.run(Date.now(), id).changes === 0) return false
    dropSecrets.run(id)
    settings.removeAll(id)
    return true
  })

  return {
    list: () => list.all().map(toRow),
    get: read,
    create: (endpoint, within) => create.immediate(endpoint, within),
    update: (id, patch) => update.immediate(id, patch),
    remove: (id) => remove.immediate(id),
    raiseRevision: (id) => {
      raise.run(id)
    },
  }
}

function rarestColour(endpoints: readonly { colour: number }[]): number {
  const uses = Array.from({ length: PALETTE_SIZE }, () => 0)
  for (const { colour } of endpoints) uses[colour] = (uses[colour] ?? 0) + 1
  return uses.indexOf(Math.min(...uses.slice(0, PALETTE_SIZE)))
}
