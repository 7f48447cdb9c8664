import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/**
 * The folder of package.json. What was started is `cli/launcher.cjs`, `cli/main.ts` or
 * `dist/cli.cjs`, perhaps through a link in `node_modules/.bin`: each is one level below it.
 */
export function projectRoot(): string {
  return path.dirname(path.dirname(realpathSync(process.argv[1] ?? '.')))
}

export function rendererDir(): string {
  return path.join(projectRoot(), 'dist', 'renderer')
}

export function version(): string {
  const text = readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
