import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const START_MS = 30_000
const root = path.resolve(import.meta.dirname, '../..')
/** Compiled on purpose for an Electron too old for the prebuilt addon; absent otherwise. */
const compiledAddon = path.join(
  root,
  'node_modules/better-sqlite3/build/Release/better_sqlite3.node',
)

export interface RunningProgram {
  url: string
  process: ChildProcess
  /** Everything it has printed so far. */
  output(): string
  /** Asks it to end, as a service manager would; resolves with its exit code. */
  terminate(): Promise<number | null>
  exited: Promise<number | null>
}

/**
 * Copies the packaged program to a folder of its own, so that what is installed for a test never
 * gets into what is shipped.
 *
 * @param packaged the folder that electron-builder made; release/linux-unpacked by default
 * @returns the path of the program
 */
export function copyOfPackagedProgram(
  packaged = path.join(root, 'release', 'linux-unpacked'),
): string {
  if (!existsSync(packaged)) {
    throw new Error(`${packaged} is not there: run npm run package -- --dir.`)
  }
  const copy = mkdtempSync(path.join(tmpdir(), 'countersign-packaged-'))
  cpSync(packaged, copy, { recursive: true })
  if (existsSync(compiledAddon)) {
    const unpacked = path.join(copy, 'resources/app.asar.unpacked/node_modules/better-sqlite3')
    const prebuilt = path.join(unpacked, 'prebuilds', `linux-${process.arch}.node`)
    if (!existsSync(prebuilt)) throw new Error(`The package has no ${prebuilt}.`)
    cpSync(compiledAddon, prebuilt)
    console.log(`using the compiled addon of ${compiledAddon}`)
  }
  return path.join(copy, 'countersign')
}

/** How somebody starts the program who wants it to do something else. */
export interface Persuasion {
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
}

/** What every start needs; Chromium refuses root with its sandbox. */
export function usual(dataDir: string): string[] {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return [...asRoot, '--data-dir', dataDir, '--port', '0']
}

/** Starts the program on a data directory and waits until it listens. */
export async function startProgram(
  program: string,
  dataDir: string,
  { args = [], env = {} }: Persuasion = {},
): Promise<RunningProgram> {
  const child = spawn(program, [...usual(dataDir), ...args], { env: { ...process.env, ...env } })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`It did not listen within ${START_MS / 1000} s:\n${printed}`))
    }, START_MS)
    child.stdout.on('data', () => {
      const found = /Listening on (http:\S+)/.exec(printed)?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`It ended with code ${code} before it listened:\n${printed}`))
    })
  })
  const terminate = (): Promise<number | null> => {
    child.kill('SIGTERM')
    return exited
  }
  return { url, process: child, output: () => printed, terminate, exited }
}
