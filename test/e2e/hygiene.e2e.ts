/** What a payload should not carry, and what each secret verified. */
import { expectAccessible } from './accessible.ts'
import { editEndpoint } from './endpoint-dialog.ts'
import { expect, test } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { detail, open } from './screen.ts'
import { deliver } from './wire.ts'

const card = '4242424242424242'
const user = (password: string) => ({ card, profile: { password } })

test('sensitive data is listed with its place, masked, and reached with the keyboard', async ({
  app,
  shell,
}) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/clean`, '{"id":"evt_1"}')
  const users = ['one', 'two', 'three'].map((word) => user(`hunter-${word}`))
  await deliver(`${captureUrl}/leaking`, JSON.stringify({ users }))
  const shown = await open(page, '/leaking')
  const found = shown.getByRole('list', { name: 'Sensitive data in this payload' })
  await expect(found.getByRole('listitem')).toHaveCount(3)
  await expect(found.getByRole('listitem').first()).toContainText('$.users[0].card424242…4242')
  await expect(found).toContainText('$.users[0].profile.password')
  await expect(found).not.toContainText('hunter')
  await expect(found).not.toContainText(card)

  await shown.getByRole('button', { name: 'Show all 6' }).focus()
  await page.keyboard.press('Enter')
  await expect(found.getByRole('listitem')).toHaveCount(6)
  await expectAccessible(app, shell, 'sensitive data')
  await shown.getByRole('button', { name: 'Show body' }).focus()
  await page.keyboard.press('Enter')
  await expect(detail(page).getByRole('tab', { name: 'Body', selected: true })).toBeVisible()

  await open(page, '/clean')
  await expect(detail(page).getByRole('tab', { name: 'Verification' })).toBeVisible()
  await expect(detail(page).getByText('Sensitive data')).toBeHidden()
})

test('an endpoint’s dialog says what each secret verified, and where else it is in use', async ({
  app,
}) => {
  const { page, captureUrl, engine } = app
  const [old, live] = [whsec('the old one'), whsec('the new one')]
  const make = (name: string, texts: string[]) =>
    engine.endpoints.create({
      name,
      path: `/${name}`,
      schemeId: 'svix',
      secrets: texts.map((text, index) => ({ name: `key ${index + 1}`, text })),
    })
  await make('rotating', [old, live])
  await make('staging', [live])
  const dialog = await editEndpoint(page, 'rotating')
  await expect(dialog.getByText('Verified none yet.')).toHaveCount(2)
  await expect(dialog.getByText(/The same secret is at “staging”/)).toHaveCount(1)
  // What arrives while it is open counts.
  await deliver(`${captureUrl}/rotating`, '{}', svixHeaders(live, '{}', { id: 'msg_1' }))
  await deliver(`${captureUrl}/rotating`, '{}', svixHeaders(live, '{}', { id: 'msg_2' }))
  await expect(dialog.getByText(/^Verified 2 deliveries in 7 days, the last /)).toHaveCount(1)
  await expect(dialog.getByText('Verified none yet.')).toHaveCount(1)
})
