import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isLoopback } from '#engine/replay/loopback.ts'
import { parseUrl } from '#electron/origin.ts'

/** Where this build looks for newer ones; a build that was not told has none. */
export const Feed = z.object({
  /** Of the folder in which latest-linux.yml and its like lie; https, or loopback for tests. */
  url: z.string().refine(isFeedAddress, 'A feed is asked over https.'),
  /** Ed25519, SPKI in base64: whoever has its other half signs feeds. */
  publicKey: z.string().min(1),
  /** For people. */
  page: z.string().nullable(),
})
export type Feed = z.infer<typeof Feed>

const Package = z.object({ updates: Feed.optional() })

/**
 * The feed that the build wrote into the package's own package.json (build/electron-builder.ts).
 *
 * @param appFolder what `app.getAppPath()` says: the archive
 */
export function readFeed(appFolder: string): Feed | null {
  const text = readFileSync(join(appFolder, 'package.json'), 'utf8')
  return Package.parse(JSON.parse(text)).updates ?? null
}

/** Whether something of an update may be asked for there. */
export function isFeedAddress(text: string): boolean {
  const url = parseUrl(text)
  if (url === null) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}
