/** The data section of the settings, sound and after damage: node test/e2e/scenes/health.ts */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { deliver } from '#test/e2e/wire.ts'
import { folder, shoot } from './shoot.ts'

mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
const { app, stop, remove } = await startApp((dataDir, watch) =>
  openBrowserShell(browser, dataDir, watch),
)
try {
  const { page, dataDir, engine } = app
  for (const n of [1, 2, 3]) await deliver(`${app.captureUrl}/n${n}`, 'x')
  await engine.health.backUp()
  const db = new Database(path.join(dataDir, 'countersign.sqlite'))
  const root = db
    .prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'composed'`)
    .pluck()
    .get()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const fd = openSync(path.join(dataDir, 'countersign.sqlite'), 'r+')
  writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, ((root ?? 0) - 1) * 4096)
  closeSync(fd)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  await sections.getByRole('button', { name: 'Data' }).click()
  const main = page.getByRole('main')
  await main.getByRole('button', { name: 'Check now' }).click()
  await main.getByRole('button', { name: 'Repair' }).click()
  await main.getByRole('button', { name: 'I have read this' }).waitFor()
  await shoot(page, 'settings-data-damaged')
} finally {
  await stop()
  await browser.close()
  remove()
}
