import { createHmac } from 'node:crypto'
import { expect, test } from './fixtures.ts'
import { detail, open } from './screen.ts'
import { call } from './wire.ts'

const secret = 'topsecret'
const sign = (body: string) => createHmac('sha256', secret).update(body).digest('hex')

test('why a delivery is not valid: cause, evidence, difference and fix', async ({ app }) => {
  const { page, engine, captureUrl } = app
  const secrets = [{ name: 'live key', text: secret }]
  await engine.endpoints.create({ name: 'GitHub', path: '/github', schemeId: 'github', secrets })
  const body = JSON.stringify({ action: 'opened', list: [1, 2] })
  const post = (query: string, came: string, signature: string) =>
    call(`${captureUrl}/github${query}`, {
      method: 'POST',
      body: came,
      headers: ['X-Hub-Signature-256', signature],
    })
  await post('?fine', body, `sha256=${sign(body)}`)
  await post('?newline', `${body}\n`, `sha256=${sign(body)}`)
  await post('?other', body, `sha256=${sign('other')}`)

  await open(page, '?newline', 'invalid')
  const why = detail(page).getByRole('region', { name: 'Why' })
  await expect(why.getByText('body-newline')).toBeVisible()
  await expect(why.getByText('proved by a matching signature')).toBeVisible()
  await expect(why.getByText(/final newline removed, the signature matches/)).toBeVisible()
  await expect(why.getByRole('region', { name: 'Difference of the body' })).toContainText('\\n')
  await why.getByRole('button', { name: /The fix in code/ }).click()
  await expect(why.getByRole('region', { name: /The fix in/ })).toContainText('express.raw')

  await open(page, '?other', 'invalid')
  await expect(why.getByText('advice, not proved')).toBeVisible()
  await expect(why.getByText(/possibilities tried in \d+ ms/)).toBeVisible()

  await open(page, '?fine', 'valid')
  await expect(why).toHaveCount(0)
})
