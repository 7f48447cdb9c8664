import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import path from 'node:path'

export interface WhereToLook {
  /** As the variable PATH has it. */
  searchPath: string
  platform: NodeJS.Platform
}

/**
 * The file of a program, looked for as a shell does; `null`: it is not here. Folders that are not
 * absolute are left out: what lies where we happen to be is nobody's choice. On Windows only `.exe`:
 * scripts cannot be run without a shell, which would read their arguments anew.
 */
export async function findProgram(
  name: string,
  places: readonly string[],
  { searchPath, platform }: WhereToLook,
): Promise<string | null> {
  const paths = platform === 'win32' ? path.win32 : path.posix
  const file = platform === 'win32' ? `${name}.exe` : name
  for (const folder of [...searchPath.split(paths.delimiter), ...places]) {
    if (!paths.isAbsolute(folder)) continue
    const found = paths.join(folder, file)
    if (await isProgram(found)) return found
  }
  return null
}

/** A folder that is not there or must not be read holds none. */
async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
