import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import type { ProgramData } from './program-data.ts'

const PATIENCE_MS = 3000
const MOST_BYTES = 64 * 1024

/** What a program says its version is; `null`: it does not say. Asked once for each file. */
export function programVersions(env: (program: ProgramData) => Record<string, string>) {
  const known = new Map<string, Promise<string | null>>()
  return async (program: ProgramData, file: string): Promise<string | null> => {
    const { mtimeMs, size } = await stat(file)
    const key = `${file} ${mtimeMs} ${size}`
    let version = known.get(key)
    if (version === undefined) {
      version = ask(program, file, env(program))
      known.set(key, version)
    }
    return version
  }
}

function ask(
  { version: { args, pattern } }: ProgramData,
  file: string,
  env: Record<string, string>,
): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { env, timeout: PATIENCE_MS, maxBuffer: MOST_BYTES, windowsHide: true }
    // ssh -V writes to its error output; how it ends does not matter.
    execFile(file, [...args], options, (_error, out, errors) => {
      resolve(pattern.exec(`${out}\n${errors}`)?.[1]?.slice(0, 80) ?? null)
    })
  })
}
