import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Where Chrome and Chromium stand that no PATH names. */
function usualPlaces(): string[] {
  const env = process.env
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  if (process.platform === 'win32') {
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
    return folders
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        path.join(folder, 'Google/Chrome/Application/chrome.exe'),
        path.join(folder, 'Chromium/Application/chrome.exe'),
      ])
  }
  return ['/opt/google/chrome/chrome', '/snap/bin/chromium']
}

function onPath(): string[] {
  const ending = process.platform === 'win32' ? '.exe' : ''
  const folders = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name + ending)))
}

/** Playwright's own Chromium, else a system Chrome or Chromium; `null`: there is none. */
export function findChromium(): string | null {
  const all = [chromium.executablePath(), ...onPath(), ...usualPlaces()]
  return all.find((file) => file !== '' && existsSync(file)) ?? null
}

/**
 * Finds a browser, or installs Debian's as root.
 *
 * @throws Error whose message names the fix
 */
export function findOrInstallChromium(): string {
  const found = findChromium()
  if (found !== null) return found
  const isRoot = process.getuid?.() === 0
  if (isRoot && existsSync('/etc/debian_version')) {
    console.log('There is no Chromium here: installing Debian’s.')
    if (apt('update', '-qq')) apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
  }
  const installed = findChromium()
  if (installed !== null) return installed
  throw new Error(
    'There is no Chrome or Chromium for the end-to-end tests. Run “npx playwright install --with-deps chromium”, or install Chromium with the system’s package manager.',
  )
}

/** Whether it went well; what did not, apt-get has said. */
function apt(...args: string[]): boolean {
  const { status, error } = spawnSync('apt-get', args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (error) console.error(`apt-get does not start: ${error.message}`)
  return status === 0
}
