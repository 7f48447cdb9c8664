import { existsSync } from 'node:fs'
import path from 'node:path'
import type { AnyRouter } from '@orpc/server'
import { startServer, type RunningServer } from '#server/server.ts'
import { runtimeFailure } from './failure.ts'
import { rendererDir, version } from './project.ts'

/** A fixed first choice, so that the address is the same from day to day. */
const DEFAULT_UI_PORT = 4180

/**
 * Serves the UI on loopback. Without a port that was asked for, 4180 or any free one.
 * `null`: the renderer has not been built.
 */
export async function serveUi(
  router: AnyRouter,
  askedPort: number | undefined,
): Promise<RunningServer | null> {
  const folder = rendererDir()
  if (!existsSync(path.join(folder, 'index.html'))) return null
  const on = (port: number) =>
    startServer({ router, version: version(), port, rendererDir: folder })
  try {
    return await on(askedPort ?? DEFAULT_UI_PORT)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (askedPort === undefined) return on(0)
    const why =
      error.code === 'EADDRINUSE'
        ? 'is taken by another program'
        : `cannot be used (${error.message})`
    throw runtimeFailure(`UI port ${askedPort} ${why}. Choose another with --ui-port.`, error)
  }
}
