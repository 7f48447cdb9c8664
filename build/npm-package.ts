import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { completionScript, scriptFiles, shells } from '#cli/completion/shells.ts'
import { manPage } from '#cli/reference/man-page.ts'
import { wholeTree } from '#cli/reference/whole-tree.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import { commandFiles } from './command-files.ts'
import { notices } from './notices.ts'
import { npmManifest, type ProjectManifest, readManifest } from './npm-manifest.ts'
import { shippedPackages } from './supply-chain/shipped-packages.ts'

const NOTICES = 'THIRD-PARTY-NOTICES.txt'

/**
 * Writes the npm package of the command and the browser shell from what was built (`npm run build`
 * first), and packs it.
 *
 *   node build/npm-package.ts [--out FOLDER] [--dist FOLDER]     (release/npm, dist)
 *
 * The last line is the path of the tarball, beside the folder.
 */
function main(root: string): number {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, dist: { type: 'string' } },
  })
  const out = path.resolve(values.out ?? path.join(root, 'release', 'npm'))
  const dist = path.resolve(values.dist ?? path.join(root, 'dist'))
  if (!existsSync(path.join(dist, 'renderer', 'index.html'))) {
    console.error(`There is no build in ${dist}. Run "npm run build" first.`)
    return 1
  }
  if (existsSync(out) && !existsSync(path.join(out, NOTICES))) {
    console.error(`${out} is there already, and no npm package was written to it before.`)
    return 1
  }
  rmSync(out, { recursive: true, force: true })
  mkdirSync(path.join(out, 'dist'), { recursive: true })
  for (const name of commandFiles(dist)) {
    copyFileSync(path.join(dist, name), path.join(out, 'dist', name))
  }
  cpSync(path.join(dist, 'renderer'), path.join(out, 'dist', 'renderer'), { recursive: true })
  mkdirSync(path.join(out, 'cli'))
  const launcher = path.join(out, 'cli', 'launcher.cjs')
  copyFileSync(path.join(root, 'cli', 'launcher.cjs'), launcher)
  chmodSync(launcher, 0o755)
  copyFileSync(path.join(root, 'LICENSE'), path.join(out, 'LICENSE'))
  copyFileSync(path.join(root, 'build', 'npm-readme.md'), path.join(out, 'README.md'))
  const project = readManifest(readFileSync(path.join(root, 'package.json'), 'utf8'))
  writeMade(root, out, project)
  return pack(out, project)
}

/** The man page, the completion scripts, the notices and the manifest. */
function writeMade(root: string, out: string, project: ProjectManifest): void {
  const tree = wholeTree()
  mkdirSync(path.join(out, 'man'))
  const about = { version: project.version, date: dateOf(root) }
  writeFileSync(path.join(out, 'man', 'countersign.1'), manPage(tree, about))
  mkdirSync(path.join(out, 'completions'))
  const schemeIds = schemes.map(({ id }) => id)
  for (const shell of shells) {
    const script = completionScript(shell, { tree, schemeIds })
    writeFileSync(path.join(out, 'completions', scriptFiles[shell]), script)
  }
  const bundled = shippedPackages(root).filter(({ name }) => name !== 'electron')
  writeFileSync(path.join(out, NOTICES), notices(root, bundled))
  const manifest = `${JSON.stringify(npmManifest(project), null, 2)}\n`
  writeFileSync(path.join(out, 'package.json'), manifest)
}

/** Of the last commit, so that the same sources make the same package; else of today. */
function dateOf(root: string): string {
  const args = ['log', '-1', '--format=%cs']
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  // Sources may be without their history.
  return status === 0 ? stdout.trim() : new Date().toISOString().slice(0, 10)
}

function pack(out: string, { name, version }: { name: string; version: string }): number {
  const { status, stderr } = spawnSync('npm', ['pack', '--silent', '--pack-destination', '..'], {
    cwd: out,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error(`npm pack ended with ${status}: ${stderr}`)
    return 1
  }
  console.log(path.join(path.dirname(out), `${name}-${version}.tgz`))
  return 0
}

process.exitCode = main(path.resolve(import.meta.dirname, '..'))
