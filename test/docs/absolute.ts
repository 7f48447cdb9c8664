import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)

/** The absolute path of a file of the project. */
export function absolute(path: string): string {
  return fileURLToPath(new URL(path, root))
}
