/** Describing one's own scheme, as form and as text, and seeing it verify as one types. */
import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { savedFile } from './outside.ts'

const SECRET = 'shared between two'
const body = JSON.stringify({ kind: 'bill.sent' })

function sign(content: string): string {
  return createHmac('sha256', SECRET).update(content).digest('hex')
}

async function openSchemes(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Schemes' }).click()
  await expect(page.getByRole('listbox', { name: 'Schemes' })).toBeVisible()
}

const form = (page: Page) => page.getByRole('region', { name: 'Form' })
const editor = (page: Page) => page.getByRole('textbox', { name: 'Scheme as JSON' })
const trial = (page: Page) => page.getByRole('region', { name: 'Try it' })
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
const field = (page: Page, name: string) => form(page).getByLabel(name, { exact: true })

/** The scheme as the text editor has it; CodeMirror draws only what is in view. */
async function writeText(page: Page, text: string): Promise<void> {
  await editor(page).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

test('a scheme of the catalogue is read, and duplicated as an own one', async ({ app }) => {
  const { page } = app
  await page.keyboard.press('s')
  await page.getByRole('searchbox', { name: 'Search schemes' }).fill('stripe-sig')
  await page.getByRole('option', { name: 'Stripe' }).click()
  await expect(
    page.getByText('run against the provider’s SDK: stripe', { exact: false }),
  ).toBeVisible()
  await expect(page.getByText('{timestamp}.{body}', { exact: true })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Scheme as JSON' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Duplicate as my own' }).click()
  await expect(field(page, 'Id')).toHaveValue('my-stripe')
  await expect(page.getByText('Nothing is wrong with it.')).toBeVisible()
  await save(page).click()
  await expect(page.getByText('not saved')).toHaveCount(0)
  const { scheme, own } = await app.engine.schemes.get({ id: 'my-stripe' })
  expect([own, scheme.confidence.kind, scheme.content]).toEqual([
    true,
    'unconfirmed',
    '{timestamp}.{body}',
  ])
})

test('form and text edit the same; problems stand at both; it verifies as one types', async ({
  app,
}) => {
  const { page } = app
  await openSchemes(page)
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await field(page, 'Name').fill('Acme')
  await expect(editor(page)).toContainText('"name": "Acme"')
  await field(page, 'Id').fill('acme')

  await field(page, 'Signed content').fill('{bdy}')
  const wrong = page.getByRole('list', { name: 'What is wrong' })
  await expect(wrong).toContainText('There is no piece {bdy}.')
  await expect(form(page).getByText('There is no piece {bdy}.', { exact: false })).toBeVisible()
  await expect(page.locator('.cm-problem')).toContainText('content')
  await expect(save(page)).toBeDisabled()

  const text = `POST /in HTTP/1.1\nX-Signature: ${sign(`acme:${body}`)}\n\n${body}`
  await trial(page).getByLabel('Request', { exact: true }).fill(text)
  await trial(page).getByLabel('Secret to try it with', { exact: true }).fill(SECRET)
  await expect(trial(page)).toContainText('The scheme cannot be used yet')
  const verdict = trial(page).getByRole('heading', { level: 2 }).last()
  await field(page, 'Signed content').fill('{body}')
  await expect(verdict).toContainText('does not produce this signature')
  await field(page, 'Signed content').fill('acme:{body}')
  await expect(verdict).toContainText('Signature matches')

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(field(page, 'Signed content')).not.toHaveValue('acme:{body}')
  await page.getByRole('button', { name: 'Redo' }).click()
  await expect(verdict).toContainText('Signature matches')

  await writeText(page, '{ "id": ')
  await expect(form(page)).toContainText('The form comes back')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(field(page, 'Signed content')).toHaveValue('acme:{body}')
  await page.keyboard.press('ControlOrMeta+Home')
  for (const key of ['Enter', 'Backspace', 'x', 'ArrowLeft', 'Delete', 'y', 'Backspace']) {
    await page.keyboard.press(key)
  }
  await expect(field(page, 'Signed content')).toHaveValue('acme:{body}')
  await save(page).click()
  await expect(page.getByText('not saved')).toHaveCount(0)
  expect((await app.engine.schemes.get({ id: 'acme' })).scheme.content).toBe('acme:{body}')
})

test('a captured delivery, export and import, and an endpoint that uses it', async ({ app }) => {
  const { page, engine } = app
  const scheme = {
    ...(await engine.schemes.get({ id: 'custom' })).scheme,
    id: 'acme',
    name: 'Acme',
    settings: undefined,
    signature: { place: { header: 'Acme-Sig' }, encoding: 'hex' },
    recognition: { headers: ['acme-sig'], confidence: 'certain' },
    content: '{body}',
  }
  await engine.schemes.save({ scheme: JSON.parse(JSON.stringify(scheme)) })
  await engine.endpoints.create({
    name: 'acme',
    path: '/acme',
    schemeId: 'acme',
    secrets: [{ text: SECRET }],
  })
  const headers = { 'Acme-Sig': sign(`v2:${body}`), 'Content-Type': 'application/json' }
  const { listening } = await engine.status.get()
  await fetch(`${listening?.url}/acme`, { method: 'POST', body, headers })

  await openSchemes(page)
  await page.getByRole('option', { name: 'Acme' }).click()
  await expect(page.getByText('used by acme')).toBeVisible()
  await trial(page).getByText('Captured', { exact: true }).click()
  const verdict = trial(page).getByRole('heading', { level: 2 }).last()
  await expect(verdict).toContainText('does not produce this signature')
  await field(page, 'Signed content').fill('v2:{body}')
  await expect(verdict).toContainText('Signature matches')

  const file = await savedFile(app, () =>
    page.getByRole('button', { name: 'Export as a file' }).click(),
  )
  expect(file.name).toBe('acme.scheme.json')
  const exported = JSON.parse(file.text)
  expect(exported.content).toBe('v2:{body}')

  await save(page).click()
  await expect
    .poll(async () => (await engine.deliveries.list({})).rows.map((row) => row.verdict))
    .toEqual(['valid'])

  await page.getByRole('button', { name: 'All schemes' }).click()
  await page.getByLabel('Scheme file').setInputFiles({
    name: 'other.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ ...exported, id: 'acme-two', name: 'Acme Two' })),
  })
  await expect(field(page, 'Name')).toHaveValue('Acme Two')
  await save(page).click()
  await expect(page.getByText('not saved')).toHaveCount(0)
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await expect(page.getByRole('listbox', { name: 'Schemes' })).toBeVisible()
  expect((await engine.schemes.list()).some(({ id }) => id === 'acme-two')).toBe(false)
})
