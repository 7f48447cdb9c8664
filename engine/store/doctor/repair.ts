import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Finding } from '#contract/health.ts'
import { setBodyAside } from '#engine/store/body-files.ts'
import { bodiesFolder, databaseFile, syncFolder } from '#engine/store/database-file.ts'
import { setAsideFolder } from '#engine/store/salvage/incident.ts'
import { examineBodies } from './content.ts'
import { openFiles } from './examine.ts'
import { count } from './words.ts'

/** Moves files that no delivery has out of the way; looks again right before. */
function moveOrphans(dataDir: string, settledMs: number): string {
  const db = new Database(databaseFile(dataDir), { readonly: true, fileMustExist: true })
  const aside = path.join(setAsideFolder(dataDir), 'bodies')
  try {
    const { orphans } = examineBodies(db, dataDir, settledMs)
    for (const name of orphans) setBodyAside(dataDir, name)
    syncFolder(aside)
    syncFolder(bodiesFolder(dataDir))
    return `${count(orphans.length, 'body file')} without a delivery moved to ${aside}.`
  } finally {
    db.close()
  }
}

/** One row; the start that follows makes the index anew. */
function distrustIndex(dataDir: string): string {
  const db = new Database(databaseFile(dataDir), { fileMustExist: true, timeout: 5_000 })
  try {
    db.prepare('UPDATE search_state SET text_version = 0').run()
    return 'The search index is made anew, in the background of the next start.'
  } finally {
    db.close()
  }
}

function closeFiles(dataDir: string): string {
  const open = openFiles(dataDir)
  for (const file of open) fs.chmodSync(file, 0o600)
  return `${count(open.length, 'file')} closed to other users.`
}

/**
 * Repairs what needs no new database, without losing anything.
 * @returns a sentence for each
 */
export function repairInPlace(
  dataDir: string,
  findings: readonly Finding[],
  settledMs: number,
): string[] {
  const wrong = new Set(findings.filter(({ level }) => level === 'wrong').map(({ code }) => code))
  return [
    ...(wrong.has('orphaned-bodies') ? [moveOrphans(dataDir, settledMs)] : []),
    ...(wrong.has('search') ? [distrustIndex(dataDir)] : []),
    ...(wrong.has('permissions') ? [closeFiles(dataDir)] : []),
  ]
}
