import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { syncFolder } from '#engine/store/database-file.ts'

/**
 * What happened to a database that was set aside, kept beside it as `report.json`. It is written
 * before each step, so that a start after a crash goes on where it was: `moving`, files still stand
 * in the data directory; `salvaging`, the new database is not in its place; `done`.
 */
export const IncidentReport = z.object({
  state: z.enum(['moving', 'salvaging', 'done']),
  happenedAtMs: z.number(),
  /** What SQLite or we found. */
  reason: z.string(),
  /** What was carried over and what was not; empty until that is known. */
  sentence: z.string(),
  unreadable: z.number(),
  acknowledgedAtMs: z.number().nullable(),
})
export type IncidentReport = z.infer<typeof IncidentReport>

export interface Incident extends IncidentReport {
  /** The name of its folder. */
  id: string
  folder: string
}

const REPORT = 'report.json'

export function setAsideFolder(dataDir: string): string {
  return path.join(dataDir, 'set-aside')
}

/** `2026-11-22T10-43-44-123Z`: sorts by time and is a name on every file system. */
export function timeName(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[:.]/g, '-')
}

/** Whole or not at all, and durable when this returns. */
export function writeReport(folder: string, report: IncidentReport): void {
  const file = path.join(folder, REPORT)
  const part = `${file}.part`
  const fd = fs.openSync(part, 'w', 0o600)
  try {
    fs.writeFileSync(fd, `${JSON.stringify(report, null, 2)}\n`)
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
  fs.renameSync(part, file)
  syncFolder(folder)
}

function readReport(folder: string): IncidentReport | null {
  const file = path.join(folder, REPORT)
  if (!fs.existsSync(file)) return null
  try {
    return IncidentReport.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    // The files beside it are what counts; they are still told of.
    return {
      state: 'done',
      happenedAtMs: fs.statSync(file).mtimeMs,
      reason: 'Its report cannot be read.',
      sentence: '',
      unreadable: 0,
      acknowledgedAtMs: null,
    }
  }
}

/** Every database that was ever set aside here, oldest first. */
export function listIncidents(dataDir: string): Incident[] {
  const root = setAsideFolder(dataDir)
  if (!fs.existsSync(root)) return []
  return fs
    .readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((id) => {
      const folder = path.join(root, id)
      const report = readReport(folder)
      return report === null ? [] : [{ ...report, id, folder }]
    })
}

/** Makes the folder of a new incident. */
export function beginIncident(dataDir: string, reason: string): Incident {
  const happenedAtMs = Date.now()
  const root = setAsideFolder(dataDir)
  fs.mkdirSync(root, { recursive: true, mode: 0o700 })
  let id = timeName(happenedAtMs)
  for (let n = 2; fs.existsSync(path.join(root, id)); n += 1) id = `${timeName(happenedAtMs)}-${n}`
  const folder = path.join(root, id)
  fs.mkdirSync(folder, { mode: 0o700 })
  const report: IncidentReport = {
    state: 'moving',
    happenedAtMs,
    reason,
    sentence: '',
    unreadable: 0,
    acknowledgedAtMs: null,
  }
  writeReport(folder, report)
  syncFolder(root)
  syncFolder(dataDir)
  return { ...report, id, folder }
}

/** The person has read it. False: there is no such incident. */
export function acknowledgeIncident(dataDir: string, id: string): boolean {
  const incident = listIncidents(dataDir).find((one) => one.id === id)
  if (incident === undefined) return false
  const { id: _id, folder, ...report } = incident
  writeReport(folder, { ...report, acknowledgedAtMs: Date.now() })
  return true
}

/** For the person, with the path. */
export function incidentSentence({ folder, reason, sentence }: Incident): string {
  return `The database was damaged (${reason.replace(/\.$/, '')}) and was set aside in ${folder}. ${sentence}`.trim()
}
