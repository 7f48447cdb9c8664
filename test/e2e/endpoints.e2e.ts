/** An endpoint from its making to its removal, with verdicts that follow its secret. */
import { addEndpoint, editEndpoint, replaceSecret } from './endpoint-dialog.ts'
import { expect, test } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { open, rows, turnTo } from './screen.ts'
import { deliver } from './wire.ts'

const right = whsec('the right one')
const wrong = whsec('another one')
const body = JSON.stringify({ type: 'invoice.paid', data: { amount: 1200 } })
const entry = { name: 'Billing', path: '/billing', scheme: 'Svix' }

test('a signed request is valid as it arrives, and says what matched', async ({ app }) => {
  const { page, captureUrl } = app
  await addEndpoint(page, { ...entry, secret: right })
  await deliver(`${captureUrl}/billing`, body, svixHeaders(right, body))
  await expect(rows(page, 'POST', '/billing', 'invoice.paid', 'valid')).toHaveCount(1)
  const shown = await open(page, '/billing')
  await expect(shown.getByRole('heading', { level: 2 })).toContainText('Signature matches')
  const panel = await turnTo(page, 'Verification')
  await expect(panel.getByText('matches', { exact: true })).toBeVisible()
  await expect(panel.getByText('msg_2Lh9KRb0pzN4LePd3XiA4v12Axj').first()).toBeVisible()
  await expect(panel.getByRole('img', { name: /Signed .* Allowed: 5 min back/ })).toBeVisible()
})

test('verdicts follow the secret, there and back', async ({ app }) => {
  const { page, captureUrl } = app
  await addEndpoint(page, { ...entry, secret: wrong })
  await deliver(`${captureUrl}/billing`, body, svixHeaders(right, body, { id: 'msg_1' }))
  await deliver(`${captureUrl}/billing`, body, svixHeaders(wrong, body, { id: 'msg_2' }))
  await expect(rows(page, 'invalid')).toHaveCount(1)
  await expect(rows(page, /valid$/)).toHaveCount(2)

  const shown = await open(page, 'invalid')
  await expect(shown.getByRole('heading', { level: 2 })).toHaveText(
    'No secret of this endpoint produces this signature.',
  )
  const panel = await turnTo(page, 'Verification')
  await expect(panel.getByText(/^differs from the \d+(st|nd|rd|th) character on$/)).toBeVisible()
  await expect(panel.getByRole('img', { name: /^received .+, expected .+/ })).toBeVisible()

  await replaceSecret(page, 'Billing', right)
  await expect(shown.getByRole('heading', { level: 2 })).toContainText('Signature matches')
  await expect(panel.getByText('Judged at receipt')).toBeVisible()
  await expect(panel.getByText('Judged now')).toBeVisible()
  await expect(rows(page, 'invalid')).toHaveCount(1)

  await replaceSecret(page, 'Billing', wrong)
  await expect(shown.getByRole('heading', { level: 2 })).toContainText('No secret')
  await replaceSecret(page, 'Billing', right)
  await expect(shown.getByRole('heading', { level: 2 })).toContainText('Signature matches')
})

test(
  'one of several signatures and one of several secrets is enough',
  { tag: '@browser' },
  async ({ app }) => {
    const { page, captureUrl, engine } = app
    const secrets = [
      { name: 'old key', text: wrong },
      { name: 'new key', text: right },
    ]
    await engine.endpoints.create({ name: 'Two', path: '/two', schemeId: 'svix', secrets })
    const before = ['v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=', 'v1a,AAAA']
    await deliver(`${captureUrl}/two`, body, svixHeaders(right, body, { before }))
    await expect(rows(page, '/two', 'valid')).toHaveCount(1)
    const shown = await open(page, '/two')
    await expect(shown.getByRole('heading', { level: 2 })).toContainText(
      'Signature matches “new key”',
    )
    const panel = await turnTo(page, 'Verification')
    await expect(panel.getByText('3rd signature').first()).toBeVisible()
    await panel.getByRole('button', { name: /other comparisons did not match/ }).click()
    await expect(panel.getByText('1st signature').first()).toBeVisible()
  },
)

test('a secret is masked until it is revealed', { tag: '@browser' }, async ({ app }) => {
  const { page } = app
  await addEndpoint(page, { ...entry, secret: right })
  const dialog = await editEndpoint(page, 'Billing')
  await expect(dialog.getByText(right)).toHaveCount(0)
  await dialog.getByRole('button', { name: /^Reveal / }).click()
  await expect(dialog.getByText(right)).toBeVisible()
  await dialog.getByRole('button', { name: /^Hide / }).click()
  await expect(dialog.getByText(right)).toHaveCount(0)
})

test('a taken path and a bad one are refused in words', { tag: '@browser' }, async ({ app }) => {
  const { page } = app
  await addEndpoint(page, { ...entry, secret: right })
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await dialog.getByLabel('Name', { exact: true }).fill('Other')
  await dialog.getByLabel('Path').fill('no-slash')
  await dialog.getByRole('button', { name: 'Add endpoint' }).click()
  await expect(dialog.getByText(/A path starts with \//)).toBeVisible()
  await dialog.getByLabel('Path').fill('/billing')
  await dialog.getByRole('button', { name: 'Add endpoint' }).click()
  await expect(dialog.getByText('Another endpoint has that path.')).toBeVisible()
  await expect(dialog).toBeVisible()
  await dialog.getByLabel('Path').fill('/other/*')
  await dialog.getByRole('button', { name: 'Add endpoint' }).click()
  await expect(dialog).toBeHidden()
})

test('removing an endpoint keeps its deliveries', { tag: '@browser' }, async ({ app }) => {
  const { page, captureUrl } = app
  await addEndpoint(page, { ...entry, secret: right })
  await deliver(`${captureUrl}/billing`, body, svixHeaders(right, body))
  await expect(rows(page, '/billing', 'valid')).toHaveCount(1)
  const dialog = await editEndpoint(page, 'Billing')
  await dialog.getByRole('button', { name: 'Remove…' }).click()
  await dialog.getByRole('button', { name: 'Remove endpoint' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'Edit Billing' })).toHaveCount(0)
  await expect(rows(page, '/billing')).toHaveCount(1)
  const shown = await open(page, '/billing')
  await turnTo(page, 'Body')
  await expect(shown).toContainText('invoice.paid')
  // Its path is nobody's now.
  await deliver(`${captureUrl}/billing`, body)
  await expect(rows(page, '/billing', 'catch-all')).toHaveCount(1)
})
