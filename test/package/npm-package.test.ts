import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '..', '..')
const dist = path.join(root, 'dist')
const isBuilt = existsSync(path.join(dist, 'renderer', 'index.html'))
const node = path.join(root, 'node_modules', 'node')
const canInstall = isBuilt && process.platform !== 'win32' && existsSync(path.join(node, 'bin'))

/** A Node that better-sqlite3 does not load on, where this machine has one. */
const oldNode = ['/usr/bin/node', '/usr/local/bin/node', '/opt/node20/bin/node'].find((file) => {
  const said = spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout ?? ''
  const major = Number(/^v(\d+)/.exec(said)?.[1] ?? 0)
  return major >= 18 && major < 22
})

let folder: string
let project: string
let files: string[]
const started: ChildProcess[] = []

/** Skipped, and so said by the reporter, without a build (`npm run build`) or on Windows. */
/** What the package may hold. */
const OURS = [
  /^package\/(?:package\.json|README\.md|LICENSE|THIRD-PARTY-NOTICES\.txt)$/,
  /^package\/(?:cli\/launcher\.cjs|man\/countersign\.1|completions\/[\w.]+|dist\/[\w-]+\.cjs)$/,
  /^package\/dist\/renderer\/(?:index\.html|[\w@-]+\.(?:svg|png)|assets\/[\w.-]+)$/,
  // The pages that Help opens, which the browser shell serves.
  /^package\/dist\/renderer\/docs\/(?:[\w-]+\/)*[\w@.-]+\.(?:html|css|svg|png|json|woff2)$/,
]

describe.runIf(canInstall)('the npm package', () => {
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'countersign-npm-'))
    const packer = path.join(root, 'build', 'npm-package.ts')
    const out = path.join(folder, 'packed', 'npm')
    const args = [packer, '--out', out, '--dist', dist]
    const { stdout } = await run(process.execPath, args, { cwd: root })
    const tarball = stdout.trim().split('\n').at(-1) ?? ''
    files = (await run('tar', ['-tzf', tarball])).stdout.trim().split('\n')
    project = path.join(folder, 'empty')
    mkdirSync(project)
    console.info(`The npm package was installed ${await install(tarball)}.`)
    // What "npm install node@24" puts there.
    symlinkSync(node, path.join(project, 'node_modules', 'node'))
    const bin = path.join(project, 'node_modules', '.bin')
    symlinkSync(path.join(node, 'bin', 'node'), path.join(bin, 'node'))
  }, 60_000)
  afterAll(() => {
    for (const child of started) if (child.pid) process.kill(-child.pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  it('holds what runs and nothing else', () => {
    const strange = files.filter((name) => !OURS.some((ours) => ours.test(name)))
    expect(strange).toEqual([])
    expect(files.filter((name) => /(?:main|preload|engine)\.cjs$/.test(name))).toEqual([])
    const manifest = JSON.parse(readFileSync(installed('package.json'), 'utf8'))
    expect(Object.keys(manifest.dependencies)).toEqual(['better-sqlite3'])
    for (const key of ['scripts', 'devDependencies', 'private', 'imports', 'allowScripts']) {
      expect(manifest).not.toHaveProperty(key)
    }
    expect(manifest.bin).toEqual({ countersign: 'cli/launcher.cjs' })
    expect(readFileSync(installed('THIRD-PARTY-NOTICES.txt'), 'utf8')).toContain('react-dom')
  })

  it('brings no Electron', () => {
    expect(existsSync(path.join(project, 'node_modules', 'electron'))).toBe(false)
    const cjs = files.filter((name) => name.endsWith('.cjs')).map((name) => name.slice(8))
    const text = cjs.map((name) => readFileSync(installed(name), 'utf8')).join('\n')
    expect(text).not.toMatch(/require\(["']electron["']\)/)
  })

  it('npx countersign listen records a delivery and serves the UI', async () => {
    const { first, stop } = await listen(['listen', '--json'])
    const { url, ui } = z.object({ url: z.string(), ui: z.string() }).parse(JSON.parse(first))
    const sent = await fetch(`${url}/hook?x=1`, { method: 'POST', body: 'hello' })
    expect(sent.status).toBe(200)
    const entered = await fetch(ui, { redirect: 'manual' })
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const page = await fetch(new URL('/', ui), { headers: { cookie } })
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('id="root"')])
    const { stdout } = await npx(['list', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ method: 'POST', path: '/hook', bodyByteLength: 5 })
    await stop()
  }, 30_000)

  it('ends with 0 when it is told to stop', async () => {
    // Not through npx, whose own end at the signal would be what is seen.
    const launcher = [installed('cli/launcher.cjs'), 'listen', '--json', '--no-ui', '--port', '0']
    const child = spawn(path.join(beside(), 'bin', 'node'), launcher, {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    await once(child.stdout, 'data')
    child.kill('SIGINT')
    expect(await exited).toEqual([0, null])
  }, 30_000)

  it('app says why there is no window and serves the UI', async () => {
    const { first, errors, stop } = await listen(['app'])
    expect(first).toMatch(/^Listening {2}http/)
    expect(errors()).toContain('the npm package brings none; the installers do')
    await stop()
  }, 30_000)

  describe.runIf(oldNode !== undefined)(`on ${oldNode ?? 'a Node that is too old'}`, () => {
    const old = oldNode ?? ''

    it('runs on the Node beside it', async () => {
      const { stdout } = await run(old, [installed('cli/launcher.cjs'), '--version'])
      expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    })

    it('names the fix where there is none, or only another old one', async () => {
      rmSync(beside())
      const failure = {
        code: 2,
        stderr: expect.stringMatching(
          /^Countersign needs Node 22 or newer, and this is [\d.]+\. Install one from https:\/\/nodejs\.org\/, or put one beside Countersign with "npm install node@24"\.\n$/,
        ),
      }
      await expect(run(old, [installed('cli/launcher.cjs'), 'list'])).rejects.toMatchObject(failure)
      mkdirSync(path.join(beside(), 'bin'), { recursive: true })
      writeFileSync(path.join(beside(), 'package.json'), '{"version":"20.1.0"}')
      symlinkSync(old, path.join(beside(), 'bin', 'node'))
      await expect(run(old, [installed('cli/launcher.cjs'), 'list'])).rejects.toMatchObject(failure)
    })
  })
})

const beside = () => path.join(project, 'node_modules', 'node')
const installed = (name: string) => path.join(project, 'node_modules', 'countersign', name)
const environment = () => ({
  ...process.env,
  COUNTERSIGN_DATA_DIR: path.join(folder, 'data'),
  XDG_CACHE_HOME: path.join(folder, 'cache'),
  NO_COLOR: '1',
})

/** As npm does it, from its cache or the registry; else by hand, with the project's better-sqlite3. */
async function install(tarball: string): Promise<string> {
  writeFileSync(path.join(project, 'package.json'), '{"private":true}')
  const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--fetch-retries=0']
  const args = ['install', ...quick, '--fetch-timeout=5000', tarball]
  try {
    await run('npm', args, { cwd: project, timeout: 30_000 })
    return 'by npm'
  } catch {
    // No registry answers: what npm would have put there.
    const modules = path.join(project, 'node_modules')
    mkdirSync(path.join(modules, '.bin'), { recursive: true })
    await run('tar', ['-xzf', tarball, '-C', modules])
    await run('mv', [path.join(modules, 'package'), path.join(modules, 'countersign')])
    symlinkSync('../countersign/cli/launcher.cjs', path.join(modules, '.bin', 'countersign'))
    const addon = path.join(root, 'node_modules', 'better-sqlite3')
    symlinkSync(addon, path.join(modules, 'better-sqlite3'))
    return 'by hand, with the better-sqlite3 of the project: npm could not'
  }
}

function npx(args: readonly string[]) {
  return run('npx', ['--no-install', 'countersign', ...args], { cwd: project, env: environment() })
}

/** Starts a command that stays, in a process group of its own, and waits for its first line. */
async function listen(args: readonly string[]) {
  const ports = ['--port', '0', '--ui-port', '0']
  const child = spawn('npx', ['--no-install', 'countersign', ...args, ...ports], {
    cwd: project,
    env: environment(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let text = ''
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  const exited = once(child, 'exit').then(([code]): unknown => code)
  const first = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    void exited.then((code) => reject(new Error(`It ended with ${String(code)}: ${errors}`)))
  })
  const stop = async () => {
    started.splice(started.indexOf(child), 1)
    if (child.pid) process.kill(-child.pid, 'SIGINT')
    return exited
  }
  return { first, errors: () => errors, stop }
}
