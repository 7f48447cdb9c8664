import { join } from 'node:path'
import { shell } from 'electron'

/**
 * The first page of the documentation that came with the app. Packed, it lies beside the archive,
 * because browsers cannot look into it.
 *
 * @param dist - dist/, absolute
 */
export function docsPage(dist: string): string {
  const beside = dist.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked')
  return join(beside, 'renderer', 'docs', 'index.html')
}

/** Opens it in whatever the person reads HTML with. */
export async function openDocs(dist: string): Promise<void> {
  const problem = await shell.openPath(docsPage(dist))
  if (problem !== '') console.error(`The documentation cannot be opened: ${problem}`)
}
