/** The delivery beside the list: what it says, what can be done with it, and each of its tabs. */
import { spawnSync } from 'node:child_process'
import { expect, test, type App } from './fixtures.ts'
import { savedFile } from './outside.ts'
import { stripeHeaders, svixHeaders, whsec } from './providers.ts'
import { choose, detail, open, rows, turnTo, detailTabs } from './screen.ts'
import { deliver, writeRaw } from './wire.ts'

const secret = whsec('for the detail')

/** A part of a JSON Web Token. */
function segment(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** What was put on the clipboard last, in either shell. */
async function watchClipboard({ page, shell }: App): Promise<() => Promise<string>> {
  if (shell.electron) {
    const { electron } = shell
    return () => electron.evaluate(({ clipboard }) => clipboard.readText())
  }
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text: string) => void Reflect.set(window, 'copied', text) },
    })
  })
  return () => page.evaluate(() => String(Reflect.get(window, 'copied')))
}

test(
  'pins, tags and notes are kept; tabs have their numbers',
  { tag: '@browser' },
  async ({ app }) => {
    const { page, captureUrl, engine } = app
    await deliver(`${captureUrl}/marks`, '{}')
    const shown = await open(page, '/marks')
    await shown.getByRole('button', { name: 'Pinned' }).click()
    await expect(shown.getByRole('button', { name: 'Pinned' })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await shown.getByRole('button', { name: 'Add tag' }).click()
    const field = shown.getByRole('combobox', { name: 'New tag' })
    await field.fill('not a tag')
    await field.press('Enter')
    await expect(shown.getByText('A tag is a word of at most 40 characters.')).toBeVisible()
    await field.fill('refunds')
    await field.press('Enter')
    await expect(shown.getByRole('button', { name: 'Remove tag refunds' })).toBeVisible()
    await field.press('Escape')

    for (const [key, name] of detailTabs.entries()) {
      await page.keyboard.press(String(key + 1))
      await expect(shown.getByRole('tabpanel', { name })).toBeVisible()
    }
    const notes = shown.getByRole('tabpanel', { name: 'Notes' })
    await notes.getByRole('textbox', { name: 'Note' }).fill('Their clock is wrong.')
    await expect(notes.getByText('Saved', { exact: true })).toBeVisible()
    const { rows: stored } = await engine.deliveries.list({ limit: 1 })
    const kept = await engine.deliveries.get({ id: stored[0]?.id ?? 0 })
    expect(kept).toMatchObject({ pinned: true, tags: ['refunds'], note: 'Their clock is wrong.' })
    await shown.getByRole('button', { name: 'Remove tag refunds' }).first().click()
    await expect(shown.getByRole('button', { name: 'Remove tag refunds' })).toHaveCount(0)
  },
)

test(
  'the attempts of a message, one after the other and any of them',
  { tag: '@browser' },
  async ({ app }) => {
    const { page, captureUrl, engine } = app
    await engine.endpoints.create({
      name: 'Svix',
      path: '/svix',
      schemeId: 'svix',
      secrets: [{ text: secret }],
    })
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const at = new Date(Date.now() - (3 - attempt) * 1_000)
      await deliver(
        `${captureUrl}/svix`,
        '{"type":"a"}',
        svixHeaders(secret, '{"type":"a"}', { id: 'msg_same', at }),
      )
    }
    await expect(rows(page)).toHaveCount(3)
    const shown = await open(page, '/svix')
    await expect(shown.getByRole('button', { name: 'attempt 3 of 3' })).toBeVisible()
    await expect(shown.getByRole('button', { name: 'Next attempt' })).toBeDisabled()
    await shown.getByRole('button', { name: 'Previous attempt' }).click()
    await detail(page).getByRole('button', { name: 'attempt 2 of 3' }).click()
    await page.getByRole('menuitem').first().click()
    await expect(detail(page).getByRole('button', { name: 'attempt 1 of 3' })).toBeVisible()
    await expect(detail(page).getByText('msg_same').first()).toBeVisible()
  },
)

test('a delivery is copied as a command that sends it again', async ({ app }) => {
  test.skip(spawnSync('curl', ['--version']).error !== undefined, 'there is no curl')
  const { page, captureUrl, engine } = app
  const body = `{"note":"it's \`$(id)\` !!","é":"🎉"}`
  const headers = ['X-First', "o'clock; $HOME", 'content-type', 'application/json', 'x-first', '2']
  await deliver(`${captureUrl}/again?a=[1]&b='x'`, body, headers)
  const shown = await open(page, '/again')
  const copied = await watchClipboard(app)
  await shown.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Copy as cURL' }).click()
  await expect(shown.getByText('Copied as cURL.')).toBeVisible()
  const run = spawnSync('bash', ['--norc', '-c', `${await copied()} --silent --show-error`], {
    encoding: 'utf8',
  })
  expect(run.stderr).toBe('')
  const { rows: both } = await engine.deliveries.list({ limit: 2 })
  expect(both).toHaveLength(2)
  const [again, first] = await Promise.all(both.map(({ id }) => engine.deliveries.get({ id })))
  expect(again?.bodySha256).toBe(first?.bodySha256)
  expect(again?.target).toBe(first?.target)
  const own = (all: typeof first) =>
    all?.rawHeaders.filter(([name]) => !/^(?:host|content-length|connection)$/i.test(name))
  expect(own(again)).toEqual(own(first))
})

test(
  'headers are taken apart where they say more than they show',
  { tag: '@browser' },
  async ({ app }) => {
    const { page, captureUrl, engine } = app
    const token = `${segment({ alg: 'HS256' })}.${segment({ sub: 'ada', exp: 1_900_000_000 })}.c2ln`
    const body = '{"id":"evt_1"}'
    await engine.endpoints.create({
      name: 'Stripe',
      path: '/s',
      schemeId: 'stripe',
      secrets: [{ text: 'whsec_x' }],
    })
    await deliver(`${captureUrl}/s`, body, [
      ...stripeHeaders('whsec_x', body),
      ...['Cookie', 'session=abc; theme=dark', 'Authorization', `Bearer ${token}`, 'A-Last', '1'],
    ])
    const shown = await open(page, '/s')
    const panel = await turnTo(page, 'Headers')
    const row = (name: string) => panel.getByRole('row').filter({ hasText: name }).first()
    await row('Stripe-Signature')
      .getByRole('button', { name: 'What Stripe-Signature says' })
      .focus()
    await page.keyboard.press('Enter')
    await expect(
      row('Stripe-Signature').getByText(/before it was received|when it was received/),
    ).toBeVisible()
    // A cookie lets its bearer in.
    await expect(row('Cookie')).not.toContainText('abc')
    await row('Cookie').getByRole('button', { name: 'Reveal value of Cookie' }).click()
    // The first move tells that a pointer is used, the next what it points at.
    await row('Cookie').hover()
    await row('Cookie').getByRole('button', { name: 'What Cookie says' }).hover()
    await expect(page.getByRole('tooltip').getByText('theme')).toBeVisible()

    await expect(row('Authorization')).not.toContainText(token)
    await expect(row('Authorization').getByRole('button', { name: /^What/ })).toHaveCount(0)
    await row('Authorization')
      .getByRole('button', { name: 'Reveal value of Authorization' })
      .click()
    await row('Authorization').getByRole('button', { name: 'What Authorization says' }).click()
    await expect(row('Authorization').getByText(/^2030-03-17/)).toBeVisible()

    await choose(panel, 'Order of the headers', 'Sorted and parsed')
    const table = panel.getByRole('table', { name: 'Request headers' }).getByRole('row')
    await expect(table.nth(1)).toContainText('A-Last')
    await row('Cookie').getByRole('button', { name: 'Reveal value of Cookie' }).click()
    await expect(shown.getByText('theme', { exact: true })).toBeVisible()
  },
)

test('the message is rebuilt, saved whole, and its credentials are masked', async ({ app }) => {
  const { page, captureUrl } = app
  const head =
    'POST /raw HTTP/1.1\r\nhOsT: h\r\nAuthorization: Basic dTpw\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n'
  await writeRaw(
    captureUrl,
    `${head}3\r\nab\u202E\r\n`.replace('3\r\nab\u202E', '5\r\nab\u202E') +
      '2\r\ncd\r\n0\r\nX-Sum: 7\r\n\r\n',
  )
  await open(page, '/raw')
  const panel = await turnTo(page, 'Raw')
  await expect(
    panel.getByText(/Only optional whitespace and chunk boundaries are lost/),
  ).toBeVisible()
  const message = panel.getByLabel('Raw message')
  await expect(message).toContainText('hOsT: h')
  await expect(message).toContainText('ab⟨U+202E⟩cd')
  await expect(message).toContainText('X-Sum: 7')
  await expect(message).not.toContainText('dTpw')
  await panel.getByRole('button', { name: 'Reveal credentials' }).click()
  await expect(message).toContainText('Basic dTpw')
  const saved = await savedFile(app, () =>
    panel.getByRole('button', { name: 'Save as .http' }).click(),
  )
  expect(saved.text).toBe(`${head}7\r\nab\u202Ecd\r\n0\r\nX-Sum: 7\r\n\r\n`)
  expect(saved.name).toMatch(/^delivery-\d+\.http$/)
})

test(
  'the timeline tells every moment, and a deleted delivery goes away',
  { tag: '@browser' },
  async ({ app }) => {
    const { page, captureUrl } = app
    await deliver(`${captureUrl}/times`, 'x')
    const shown = await open(page, '/times')
    const panel = await turnTo(page, 'Timeline')
    const moments = panel.getByRole('table', { name: 'Moments' })
    for (const name of ['Connection', 'First byte', 'Last byte', 'Commit', 'Answer']) {
      const head = page.getByRole('rowheader', { name, exact: true })
      await expect(moments.getByRole('row').filter({ has: head })).toContainText(
        /20\d\d-\d\d-\d\d /,
      )
    }
    await shown.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(detail(page)).toHaveCount(0)
    await expect(rows(page)).toHaveCount(0)
  },
)
