import { copyFile, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { messageOf, runtimeFailure, usageFailure } from '#cli/failure.ts'
import { withSession } from '#cli/session.ts'
import { megabytes } from '#cli/transfer-progress.ts'

interface BackupOptions extends CommonOptions {
  force?: boolean
  json?: boolean
}

/**
 * `countersign backup [FILE]`: one archive of everything that was captured and set, consistent while
 * the engine runs. Without a file it stays in `backups/` of the data directory.
 */
export async function makeBackup(
  context: Context,
  file: string | undefined,
  options: BackupOptions,
): Promise<void> {
  const { output } = context
  const target = file === undefined ? null : path.resolve(file)
  if (target !== null) await assertFree(target, options.force ?? false)
  await withSession(options.dataDir, async (client) => {
    const made = await client.health.backUp()
    if (target !== null) await moveTo(made.file, target)
    const at = target ?? made.file
    if (options.json) return output.json({ ...made, file: at })
    const { deliveries, bodyFiles, missingBodies, bytes } = made
    output.line(escapeTerminal(at))
    output.note(
      `${deliveries.toLocaleString('en-US')} deliveries and ${bodyFiles.toLocaleString('en-US')} body files, ${megabytes(bytes)}. ` +
        'To restore it, unpack it into an empty folder and name that with --data-dir.',
    )
    if (missingBodies > 0) {
      output.note(`${missingBodies} bodies were gone before; “countersign doctor” names them.`)
    }
    output.note('Secrets in it are sealed. What opens them is not in it: keep data.key apart.')
  })
}

async function assertFree(target: string, force: boolean): Promise<void> {
  const found = await stat(target).catch(() => null)
  if (found?.isDirectory()) throw usageFailure(`“${target}” is a folder. Name a file.`)
  if (found !== null && !force) {
    throw usageFailure(`“${target}” is there already. Name another file, or use --force.`)
  }
}

/** Durable before the first copy of it goes; across file systems it has to be copied. */
async function moveTo(made: string, target: string): Promise<void> {
  const part = `${target}.part`
  try {
    try {
      await rename(made, part)
    } catch (error) {
      const isOther = error instanceof Error && 'code' in error && error.code === 'EXDEV'
      if (!isOther) throw error
      await copyFile(made, part)
    }
    const handle = await open(part, 'r+')
    await handle.sync()
    await handle.close()
    await rename(part, target)
    await rm(made, { force: true })
  } catch (error) {
    await rm(part, { force: true })
    throw runtimeFailure(`“${target}” cannot be written: ${messageOf(error)}`, error)
  }
}
