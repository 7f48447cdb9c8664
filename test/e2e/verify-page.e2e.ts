/** Judging what was pasted, without storing it unless asked. */
import type { Page } from '@playwright/test'
import { pickScheme } from './endpoint-dialog.ts'
import { expect, test } from './fixtures.ts'
import { stripeHeaders, svixHeaders, whsec } from './providers.ts'
import { detail, rows } from './screen.ts'

const secret = whsec('pasted')
const body = JSON.stringify({ type: 'invoice.paid', data: { amount: 1200 } })

function pairs(headers: readonly string[]): [string, string][] {
  return headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? '']] : []))
}

async function openPage(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByRole('heading', { name: 'Verify', level: 1 })).toBeVisible()
}

test('a raw request: valid, then invalid with another secret; kept only when asked', async ({
  app,
}) => {
  const { page } = app
  await openPage(page)
  const lines = pairs(svixHeaders(secret, body)).map(([name, value]) => `${name}: ${value}`)
  const raw = ['POST /hook?x=1 HTTP/1.1', 'Host: example.test', ...lines, '', body].join('\r\n')
  await page.getByRole('textbox', { name: 'Request' }).fill(raw)
  await pickScheme(page, 'Svix')
  await page.getByLabel('Signing secret', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Verify', exact: true }).last().click()
  const result = page.getByRole('region', { name: 'Result' })
  await expect(result.getByRole('heading', { level: 2 })).toContainText('Signature matches')
  await expect(result.getByText(/Read as POST \/hook\?x=1/)).toBeVisible()

  await page.getByLabel('Signing secret', { exact: true }).fill(whsec('other'))
  await page.getByRole('button', { name: 'Verify', exact: true }).last().click()
  await expect(result.getByRole('heading', { level: 2 })).toContainText('No secret')
  await expect(result.getByText(/^differs from the/)).toBeVisible()
  expect((await app.engine.deliveries.list({})).rows).toEqual([])

  await result.getByRole('button', { name: 'Keep as delivery' }).click()
  await result.getByRole('button', { name: 'Open the delivery' }).click()
  await expect(detail(page)).toBeVisible()
  await expect(rows(page, '/hook?x=1', 'catch-all')).toHaveCount(1)
})

test('a cURL command, judged as of when it was signed', async ({ app }) => {
  const { page } = app
  await openPage(page)
  const at = new Date(Date.now() - 86_400_000)
  const flags = pairs(svixHeaders(secret, body, { at }))
    .map(([name, value]) => `-H '${name}: ${value}'`)
    .join(' \\\n  ')
  await page
    .getByRole('textbox', { name: 'Request' })
    .fill(`curl -X POST https://a.test/x ${flags} -d '${body}'`)
  await page.getByLabel('Signing secret', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Verify', exact: true }).last().click()
  const heading = page.getByRole('region', { name: 'Result' }).getByRole('heading', { level: 2 })
  await expect(heading).toContainText('The signature is right, but it was signed')
  await page.getByText('When it was signed', { exact: true }).click()
  await page.getByRole('button', { name: 'Verify', exact: true }).last().click()
  await expect(heading).toContainText('Signature matches')
})

test('headers and body alone, the scheme recognised; no sense at all is said', async ({ app }) => {
  const { page } = app
  await openPage(page)
  const lines = pairs(stripeHeaders(secret, body)).map(([name, value]) => `${name}: ${value}`)
  await page.getByRole('textbox', { name: 'Request' }).fill(`${lines.join('\n')}\n\n${body}`)
  await page.getByLabel('Signing secret', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Verify', exact: true }).last().click()
  const result = page.getByRole('region', { name: 'Result' })
  await expect(result.getByRole('heading', { level: 2 })).toContainText('Signature matches')
  await page
    .getByRole('textbox', { name: 'Request' })
    .fill('curl --data @missing-file https://a.test')
  await page.getByRole('button', { name: 'Verify', exact: true }).last().click()
  await expect(result.getByRole('heading', { level: 2 })).toHaveCount(0)
  await expect(result.getByRole('paragraph')).toBeVisible()
})
