import { existsSync } from 'node:fs'
import type { Scheme } from '#contract/scheme.ts'
import { readOwnScheme } from '#engine/judging/scheme-book.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { databaseFile } from '#engine/store/database-file.ts'
import { escapeTerminal } from './escape.ts'
import { messageOf } from './failure.ts'

interface Found {
  own: readonly Scheme[]
  /** What could not be read, for people. */
  notes: readonly string[]
}

/**
 * The schemes that people described here: those of the engine that runs, else those that lie in the
 * data directory, which is only read. Whatever is wrong with it, the catalogue stays.
 */
export async function findOwnSchemes(dataDir: string): Promise<Found> {
  try {
    return (await askEngine(dataDir)) ?? (await readStored(dataDir))
  } catch (error) {
    const why = escapeTerminal(messageOf(error))
    return { own: [], notes: [`Your own schemes in ${dataDir} could not be read (${why}).`] }
  }
}

async function askEngine(dataDir: string): Promise<Found | null> {
  const connection = await connectControlSocket(dataDir)
  if (connection === null) return null
  const { client } = connection
  try {
    const infos = (await client.schemes.list()).filter(({ own }) => own)
    const own = await Promise.all(
      infos.map(async ({ id }) => (await client.schemes.get({ id })).scheme),
    )
    return { own, notes: [] }
  } finally {
    connection.close()
  }
}

async function readStored(dataDir: string): Promise<Found> {
  if (!existsSync(databaseFile(dataDir))) return { own: [], notes: [] }
  const { readOwnSchemes } = await import('#engine/store/read-own-schemes.ts')
  const read = readOwnSchemes(dataDir).map(readOwnScheme)
  return {
    own: read.flatMap((each) => ('scheme' in each ? [each.scheme] : [])),
    notes: read.flatMap((each) => ('problem' in each ? [escapeTerminal(each.problem)] : [])),
  }
}
