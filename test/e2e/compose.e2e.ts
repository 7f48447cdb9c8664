/** Composing: an event of a provider, signed, into our own listener; from a cURL command; again. */
import { expect, test } from './fixtures.ts'
import { stripeReceiver } from './stripe-receiver.ts'
import { choose, detail } from './screen.ts'

const secret = 'whsec_composed_in_the_window'

test('Stripe’s event arrives valid, a cURL command is sent on, and both can be sent again', async ({
  app,
}) => {
  const { page, captureUrl, engine } = app
  const handler = await stripeReceiver(secret)
  const main = page.getByRole('main')
  try {
    await engine.endpoints.create({
      ...{ name: 'Shop', path: '/composed', schemeId: 'stripe' },
      secrets: [{ text: secret }],
    })
    await page.getByRole('navigation').getByRole('button', { name: 'Compose', exact: true }).click()
    await main.getByRole('button', { name: /^Stripe/ }).click()
    const url = main.getByRole('textbox', { name: 'Send to' })
    await expect(url).toHaveValue(`${captureUrl}/composed`)
    await main.getByRole('button', { name: /Event$/ }).click()
    await page.getByRole('option', { name: 'charge.refunded' }).click()
    const outcome = page.getByRole('region', { name: 'Outcome' })
    await expect(outcome.getByTestId('goes-out')).toContainText('charge.refunded')
    await expect(outcome.getByText('valid', { exact: true })).toBeVisible()

    // What is wrong with a template is said at its place, and nothing goes out.
    const body = page.getByRole('textbox', { name: 'Body to send' })
    await body.click()
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.type('{{nobody}}')
    await expect(main.getByText('There is no value “nobody”.').first()).toBeVisible()
    for (const _ of '{{nobody}}') await page.keyboard.press('Backspace')

    await main.getByRole('textbox', { name: 'Times' }).fill('2')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(outcome.getByText('2 sent: 2 × 200.')).toBeVisible()
    await outcome.getByRole('button', { name: 'Open what arrived' }).click()
    await expect(detail(page).getByText('valid', { exact: true }).first()).toBeVisible()
    await expect(detail(page).getByText('charge.refunded').first()).toBeVisible()

    // The page is as it was left; with another secret the provider’s own package refuses it.
    await page.getByRole('navigation').getByRole('button', { name: 'Compose', exact: true }).click()
    await main.getByRole('textbox', { name: 'Times' }).fill('1')
    await url.fill(handler.url)
    await choose(main, 'Timestamp', 'Shifted')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(outcome.getByText('400 Bad Request').first()).toBeVisible()
    await choose(main, 'Timestamp', 'Now')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(outcome.getByText('200 OK').first()).toBeVisible()
    expect(handler.calls.map(({ accepted }) => accepted)).toEqual([false, true])

    // A request from elsewhere.
    await main.getByRole('button', { name: 'Paste a request…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(`curl -X PUT https://shop.test/a -d 'x={{1}}'`)
    await dialog.getByRole('button', { name: 'Take it' }).click()
    await expect(dialog).toBeHidden()
    await expect(main.getByRole('textbox', { name: 'Method' })).toHaveValue('PUT')
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect.poll(() => handler.calls.length).toBe(3)
    expect(handler.calls[2]?.body.toString()).toBe('x={{1}}')

    // Pasted where nothing is being written, without the dialog.
    await main.getByRole('button', { name: 'New' }).focus()
    await page.evaluate(() => {
      const clipboardData = new DataTransfer()
      const request = { method: 'PATCH', url: 'https://shop.test/har', headers: [] }
      clipboardData.setData('text/plain', JSON.stringify({ log: { entries: [{ request }] } }))
      const init = { clipboardData, bubbles: true, cancelable: true }
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', init))
    })
    await expect(main.getByRole('textbox', { name: 'Method' })).toHaveValue('PATCH')

    // What was sent before is opened again, and forgotten.
    await outcome.getByRole('tab', { name: 'History' }).click()
    const before = outcome.getByRole('list', { name: 'Composed before' })
    await expect(before.getByRole('listitem')).toHaveCount(4)
    await main.getByRole('button', { name: 'New' }).click()
    const kept = main.getByRole('list', { name: 'Composed before' })
    await kept.getByRole('button', { name: 'Send charge.refunded again' }).first().click()
    await expect.poll(() => handler.calls.length).toBe(4)
    expect(handler.calls[3]?.accepted).toBe(true)
    await outcome.getByRole('tab', { name: 'History' }).click()
    await before.getByRole('button', { name: 'Forget PUT request' }).click()
    await expect(before.getByRole('listitem')).toHaveCount(4)
    await expect(before.getByText('PUT request')).toHaveCount(0)
  } finally {
    await handler.close()
  }
})
