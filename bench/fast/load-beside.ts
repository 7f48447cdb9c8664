import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Load, loadArguments, loadResult } from '#bench/pinned.ts'

const run = promisify(execFile)

/** As `load`, while this process goes on. */
export async function loadBeside(
  url: string,
  seconds: number,
  { file, recordBytes }: { file: string; recordBytes: number },
): Promise<Load> {
  const args = loadArguments(url, seconds, file, recordBytes, 32)
  const { stdout } = await run('taskset', args, { encoding: 'utf8' })
  return loadResult(stdout)
}
