/**
 * Runs the end-to-end suite in one shell:
 *
 *   node test/e2e/run.ts browser|desktop [arguments for Playwright]
 *
 * `browser` finds or installs a Chromium, `desktop` needs an Electron and a display (or Xvfb).
 * Tests marked @alone measure: they run after the others, one at a time. Those marked @axe or
 * @browser, and the specs in shells.ts, look at what is drawn: they run in the browser.
 * Where one is missing it fails and names the fix: the suite is never skipped silently.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { findOrInstallChromium } from './find-chromium.ts'
import { findElectron } from './find-electron.ts'
import { runsAll } from './shells.ts'

const root = path.join(import.meta.dirname, '../..')
const playwright = path.join(root, 'node_modules/@playwright/test/cli.js')
const config = path.join(import.meta.dirname, 'playwright.config.ts')

function main([shell = '', ...more]: readonly string[]): number {
  if (shell !== 'browser' && shell !== 'desktop') {
    console.error('Name the shell: node test/e2e/run.ts browser|desktop [arguments]')
    return 2
  }
  try {
    refuseUnbuilt(shell)
    if (shell === 'browser') process.env['COUNTERSIGN_E2E_CHROMIUM'] = findOrInstallChromium()
    else findElectron()
    const command = [process.execPath, playwright, 'test', '--config', config]
    const play = (...args: string[]) => run([...wrapper(shell), ...command, ...args, ...more])
    const elsewhere = shell === 'browser' ? [] : runsAll ? ['@axe'] : ['@axe', '@browser']
    const output = (name: string) => `--output=${path.join(root, 'test-results', 'e2e', name)}`
    const beside = play(
      `--project=${shell}`,
      output(shell),
      '--grep-invert',
      ['@alone', ...elsewhere].join('|'),
      '--pass-with-no-tests',
    )
    const alone = play(
      `--project=${shell}`,
      output(`${shell}-alone`),
      '--grep',
      '@alone',
      ...(elsewhere.length === 0 ? [] : ['--grep-invert', elsewhere.join('|')]),
      '--workers=1',
      '--pass-with-no-tests',
    )
    return beside === 0 ? alone : beside
  } catch (error) {
    console.error(`e2e (${shell}): ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

function refuseUnbuilt(shell: 'browser' | 'desktop'): void {
  const needed = ['renderer/index.html', shell === 'browser' ? 'cli.cjs' : 'main.cjs']
  const missing = needed.find((file) => !existsSync(path.join(root, 'dist', file)))
  if (missing !== undefined) throw new Error(`dist/${missing} is not there. Run “npm run build”.`)
}

/** A virtual display where there is no real one. */
function wrapper(shell: 'browser' | 'desktop'): string[] {
  const hasDisplay = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
  if (shell === 'browser' || process.platform !== 'linux' || hasDisplay) return []
  if (spawnSync('xvfb-run', ['--help']).error === undefined) return ['xvfb-run', '-a']
  throw new Error('There is no display and no xvfb-run. Install Xvfb (Debian: xvfb and xauth).')
}

function run([program = '', ...args]: readonly string[]): number {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', cwd: root })
  if (error) throw error
  return status ?? 1
}

process.exitCode = main(process.argv.slice(2))
