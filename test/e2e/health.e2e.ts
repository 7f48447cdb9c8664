/** The data section: a backup, a damaged database that is repaired, and the word of it. */
import { closeSync, existsSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from './fixtures.ts'
import { rows } from './screen.ts'
import { deliver } from './wire.ts'

/** Writes rubbish over a page of a table that holds nothing, behind the engine's back. */
function damage(dataDir: string): void {
  const file = path.join(dataDir, 'countersign.sqlite')
  const db = new Database(file)
  const page = db
    .prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'composed'`)
    .pluck()
    .get()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  const fd = openSync(file, 'r+')
  writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, ((page ?? 0) - 1) * 4096)
  closeSync(fd)
}

test('a backup is made, and a damaged database is set aside and told of until it is read', async ({
  app,
}) => {
  const { page, dataDir, engine } = app
  await deliver(`${app.captureUrl}/kept`, 'kept')
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  await sections.getByRole('button', { name: 'Data' }).click()
  const main = page.getByRole('main')
  await expect(main.getByText(dataDir, { exact: true })).toBeVisible()

  await main.getByRole('button', { name: 'Back up now' }).click()
  const backups = main.getByRole('list', { name: 'Backups' })
  await expect(backups).toContainText('.tar')
  const [made] = (await engine.health.facts()).backups
  expect(existsSync(made?.file ?? '')).toBe(true)

  await main.getByRole('button', { name: 'Check now' }).click()
  const findings = main.getByRole('list', { name: 'Findings' })
  await expect(findings).toContainText('Every page and every index of the database is sound')

  damage(dataDir)
  await main.getByRole('button', { name: 'Check now' }).click()
  await expect(findings).toContainText(/cannot be read|faults? in the database/)
  await main.getByRole('button', { name: 'Repair' }).click()
  await expect(findings).toContainText('Every page and every index of the database is sound')
  const notice = page
    .getByRole('status')
    .getByText(/The database was damaged .* See Settings, Data/)
  await expect(notice).toBeVisible()
  const folder = path.join(dataDir, 'set-aside')
  expect(existsSync(folder)).toBe(true)
  await expect(notice).toContainText(folder)
  await main.getByRole('button', { name: 'I have read this' }).click()
  await expect(notice).toBeHidden()

  await deliver(`${app.captureUrl}/after`, 'after')
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
  await expect(rows(page, '/kept')).toHaveCount(1)
  await expect(rows(page, '/after')).toHaveCount(1)
})
