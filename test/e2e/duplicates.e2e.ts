/** What comes again is marked by kind, with how many and how long apart. */
import { type App, expect, test } from './fixtures.ts'
import { oneAfterAnother } from './one-after-another.ts'
import { githubHeaders, stripeHeaders, svixHeaders, whsec } from './providers.ts'
import { open, rows } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('duplicates')
const body = JSON.stringify({ type: 'user.created' })

async function endpoint({ engine }: App, path: string, schemeId = 'svix'): Promise<void> {
  const secrets = [{ text: secret }]
  await engine.endpoints.create({ name: path.slice(1), path, schemeId, secrets })
}

test('what comes again is told apart', async ({ app }) => {
  await oneAfterAnother(app, {
    'an exact replay: same id, timestamp and signature': async () => {
      const { page, captureUrl } = app
      await endpoint(app, '/replayed')
      const headers = svixHeaders(secret, body)
      await deliver(`${captureUrl}/replayed`, body, headers)
      await deliver(`${captureUrl}/replayed`, body, headers)
      await expect(rows(page, '2nd exact replay')).toHaveCount(1)
    },
    'an id that is used again for another body': async () => {
      const { page, captureUrl } = app
      await endpoint(app, '/reused')
      const other = JSON.stringify({ type: 'user.deleted' })
      await deliver(`${captureUrl}/reused`, body, svixHeaders(secret, body))
      await deliver(`${captureUrl}/reused`, other, svixHeaders(secret, other))
      await expect(rows(page, '2nd id reuse')).toHaveCount(1)
    },
    'a scheme without ids goes by the body, and says that this is weak': async () => {
      const { page, captureUrl } = app
      await endpoint(app, '/weak', 'notifykit')
      for (let round = 0; round < 2; round += 1) await deliver(`${captureUrl}/weak`, body)
      await expect(rows(page, '2nd same body')).toHaveCount(1)
      const shown = await open(page, '2nd same body')
      await expect(shown.getByText(/A weak sign\./)).toBeVisible()
    },
    'different messages are no duplicates, and a forged one cannot be the original': async () => {
      const { page, captureUrl } = app
      await endpoint(app, '/forged')
      const forged = svixHeaders(whsec('not it'), body, { id: 'msg_a' })
      await deliver(`${captureUrl}/forged`, body, forged)
      await deliver(`${captureUrl}/forged`, body, svixHeaders(secret, body, { id: 'msg_a' }))
      await deliver(`${captureUrl}/forged`, body, svixHeaders(secret, body, { id: 'msg_b' }))
      await expect(rows(page, '/forged')).toHaveCount(3)
      await expect(rows(page, '/forged', '2nd')).toHaveCount(0)
    },
    'github’s delivery id and stripe’s event id count too': async () => {
      const { page, captureUrl, engine } = app
      const secrets = [{ text: secret }]
      await engine.endpoints.create({ name: 'GH', path: '/gh', schemeId: 'github', secrets })
      await engine.endpoints.create({ name: 'St', path: '/st', schemeId: 'stripe', secrets })
      const event = JSON.stringify({ id: 'evt_9', type: 'charge.failed' })
      for (let round = 0; round < 2; round += 1) {
        await deliver(`${captureUrl}/gh`, body, await githubHeaders(secret, body, 'guid-1'))
        await deliver(`${captureUrl}/st`, event, stripeHeaders(secret, event))
      }
      await expect(rows(page, '/gh', '2nd')).toHaveCount(1)
      await expect(rows(page, '/st', '2nd')).toHaveCount(1)
    },
    'a retry: same message, signed anew': async () => {
      const { page, captureUrl } = app
      await endpoint(app, '/retried')
      for (const secondsAgo of [20, 10, 0]) {
        const at = new Date(Date.now() - secondsAgo * 1000)
        await deliver(`${captureUrl}/retried`, body, svixHeaders(secret, body, { at }))
      }
      await expect(rows(page, '2nd retry')).toHaveCount(1)
      await expect(rows(page, '3rd retry')).toHaveCount(1)
      await expect(rows(page, '/retried')).toHaveCount(3)
      await page
        .getByRole('navigation')
        .getByRole('button', { name: /^Duplicates/ })
        .click()
      await expect(rows(page, '/retried')).toHaveCount(2)
      const shown = await open(page, '3rd retry')
      await expect(shown.getByText(/^3rd of 3, retry, .+ after the original\./)).toBeVisible()
      await expect(shown.getByRole('button', { name: /^2nd\s*, valid$/ })).toBeVisible()
      await shown.getByRole('button', { name: 'Show original' }).click()
      await expect(page.getByRole('article').getByText(/of 3, retry/)).toHaveCount(0)
      await expect(page.getByRole('button', { name: /^1st\s*, valid$/ })).toHaveAttribute(
        'aria-current',
        'true',
      )
    },
  })
})
