/**
 * The real OS key storage of Linux: a gnome-keyring on a session bus of its own. Skipped, and said,
 * where Debian's gnome-keyring and dbus are not installed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test, type ElectronApplication } from '@playwright/test'
import type { ApiClient } from '#contract/client.ts'
import { controlOf } from './app.ts'
import { beginApp, launchElectron, quit } from './launch-electron.ts'
import { whsec } from './providers.ts'

const needed = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon']
const missing = needed.filter((program) => spawnSync('which', [program]).status !== 0)
const SECRET = whsec('kept by the keyring')

test.skip(
  process.platform !== 'linux' || missing.length > 0,
  `There is no ${missing.join(' and no ')} (Debian: gnome-keyring dbus).`,
)

interface Session {
  env: Record<string, string>
  end(): void
}

/** A session bus with an unlocked keyring on it, in a home of its own. */
async function startSession(home: string): Promise<Session> {
  const script =
    'echo "$DBUS_SESSION_BUS_ADDRESS"; printf login | exec gnome-keyring-daemon --unlock --components=secrets --foreground'
  const env = { ...process.env, HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: home }
  const child: ChildProcess = spawn('dbus-run-session', ['--', 'sh', '-c', script], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  const stdout = child.stdout
  if (stdout === null) throw new Error('The session says nothing.')
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`dbus-run-session ended with ${code}`)))
  })
  const own = { HOME: home, XDG_RUNTIME_DIR: home, DBUS_SESSION_BUS_ADDRESS: address }
  // The bus is there before the keyring is on it.
  await expect.poll(() => hasSecrets(own), { timeout: 20_000 }).toBe(true)
  return {
    env: own,
    // The group: the bus and the keyring go with it.
    end: () => process.kill(-(child.pid ?? 0), 'SIGTERM'),
  }
}

/** Whether a keyring answers on the bus. */
function hasSecrets(env: Record<string, string>): boolean {
  const bus = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus']
  const asked = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets']
  const { stdout } = spawnSync('dbus-send', [...bus, ...asked], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  return stdout.includes('boolean true')
}

async function withApp(
  dataDir: string,
  store: 'gnome-libsecret' | 'basic',
  env: Record<string, string>,
  use: (engine: ApiClient, electron: ElectronApplication) => Promise<void>,
): Promise<void> {
  const switches = [`--password-store=${store}`]
  const electron = await launchElectron({ dataDir, switches, env })
  try {
    await beginApp(electron)
    await electron.firstWindow()
    const control = await controlOf(dataDir)
    await use(control.client, electron)
    control.close()
  } finally {
    await quit(electron)
  }
}

test('the data key lies in the keyring, opens after a restart, and stays locked without it', async () => {
  // Electron is started three times.
  test.setTimeout(120_000)
  const home = mkdtempSync(path.join(tmpdir(), 'cs-keyring-'))
  const dataDir = path.join(home, 'data')
  const session = await startSession(home)
  try {
    await withApp(dataDir, 'gnome-libsecret', session.env, async (engine) => {
      const dataKey = await engine.dataKey.get()
      expect(dataKey).toMatchObject({
        ...{ state: 'open', osKeyStorage: true },
        slots: [{ kind: 'os', state: 'opens' }],
      })
      expect(dataKey.sentence).toContain('OS key storage')
      const secrets = [{ text: SECRET }]
      await engine.endpoints.create({ name: 's', path: '/s', schemeId: 'svix', secrets })
    })
    expect(existsSync(path.join(dataDir, 'data.key'))).toBe(false)
    await withApp(dataDir, 'gnome-libsecret', session.env, async (engine) => {
      expect((await engine.status.get()).secrets).toMatchObject({ state: 'open', slots: ['os'] })
      expect(await engine.secrets.reveal({ id: 1 })).toEqual({ text: SECRET })
    })
    await withApp(dataDir, 'basic', session.env, async (engine, electron) => {
      expect((await engine.status.get()).secrets).toMatchObject({ state: 'locked', slots: ['os'] })
      const page = await electron.firstWindow()
      await expect(page.getByText(/Secrets are sealed with a key/).first()).toBeVisible()
      await page.getByRole('button', { name: 'What to do' }).click()
      const ways = page.getByRole('list', { name: 'Ways to open the key' })
      await expect(ways).toContainText('OS key storage')
      await expect(ways).toContainText('does not open here')
    })
  } finally {
    session.end()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('without a real one it is a key file, and the app says so', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'cs-keyring-'))
  const dataDir = path.join(home, 'data')
  try {
    await withApp(dataDir, 'basic', { HOME: home }, async (engine) => {
      const dataKey = await engine.dataKey.get()
      expect(dataKey).toMatchObject({
        ...{ state: 'open', osKeyStorage: false },
        slots: [{ kind: 'key-file', state: 'opens' }],
      })
      expect(dataKey.sentence).toContain('data.key')
    })
    expect(existsSync(path.join(dataDir, 'data.key'))).toBe(true)
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
})
