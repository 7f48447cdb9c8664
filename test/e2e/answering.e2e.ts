/** Answers that people set up, and forwarding to a handler of their own, both through the dialog. */
import { createServer, type Server } from 'node:http'
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { editEndpoint } from './endpoint-dialog.ts'
import { expect, test } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { choose, detail, open, rows, turnTo } from './screen.ts'
import { call } from './wire.ts'

const SECRET = whsec('answered')
const BODY = '{"type":"job.done","name":"Ada \\"A\\""}'

async function section(page: Page, endpoint: string, name: string): Promise<Locator> {
  const dialog = await editEndpoint(page, endpoint)
  await dialog.getByRole('tab', { name }).click()
  return dialog
}

async function pick(within: Locator, name: string): Promise<void> {
  await within.getByText(name, { exact: true }).click()
}

async function save(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

test(
  'a sequence with values of the request, a fault, and by verdict',
  { tag: '@browser' },
  async ({ app, shell }) => {
    const { page, captureUrl, engine } = app
    const secrets = [{ text: SECRET }]
    await engine.endpoints.create({ name: 'Answers', path: '/answers', schemeId: 'svix', secrets })
    const post = (id: string, secret = SECRET) =>
      call(`${captureUrl}/answers`, {
        method: 'POST',
        body: BODY,
        headers: svixHeaders(secret, BODY, { id }),
      })
    await post('msg_sample')
    const dialog = await section(page, 'Answers', 'Answer')
    await pick(dialog, 'As written here')
    await dialog.getByLabel('Status').fill('500')
    await dialog.getByRole('button', { name: 'Then another answer' }).click()
    await dialog.getByRole('button', { name: 'Add header' }).click()
    await dialog.getByLabel('Name of header 1').fill('X-Message')
    await dialog.getByLabel('Value of header 1').fill('{{header svix-id}}')
    await dialog.getByLabel('Body').fill('{"hi":{{json $.nam')
    await expect(dialog.getByText(/This \{\{ has no \}\} after it/)).toBeVisible()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('tab', { name: /^Answer.*something is wrong/ })).toBeVisible()
    await dialog.getByLabel('Body').fill('{"hi":{{json $.name|json}},"try":{{attempt}}}')
    const preview = dialog.getByLabel('Preview of the answer')
    await expect(preview).toContainText('X-Message: msg_sample')
    await expect(preview).toContainText('{"hi":"Ada \\"A\\"","try":1}')
    await expectAccessible(app, shell, 'the answers of an endpoint')
    await save(dialog)

    expect((await post('msg_1')).status).toBe(500)
    const second = await post('msg_1')
    expect(second).toMatchObject({ status: 200, body: '{"hi":"Ada \\"A\\"","try":2}' })
    expect(second.headers['x-message']).toBe('msg_1')
    await expect(rows(page, '/answers')).toHaveCount(3)
    await open(page, '/answers')
    const response = await turnTo(page, 'Response')
    await expect(response.getByRole('table', { name: 'Answer headers' })).toContainText('X-Message')
    await expect(response.getByText('An answer that is written at the endpoint.')).toBeVisible()
    await expect(response.getByText(/^Answered in .*; Svix waits/)).toBeVisible()

    await response.getByRole('button', { name: 'Change the answer' }).click()
    const again = page.getByRole('dialog', { name: 'Endpoint Answers' })
    await again.getByRole('button', { name: 'Move the 2nd answer up' }).click()
    await again.getByRole('button', { name: /^2nd answer/ }).click()
    await again.getByRole('button', { name: /What it does/ }).click()
    await page.getByRole('option', { name: /^Reset/ }).click()
    await save(again)
    expect((await post('msg_2')).status).toBe(200)
    await expect(post('msg_2')).rejects.toThrow(/ECONNRESET|socket hang up/)
    await expect(rows(page, '/answers')).toHaveCount(5)
    await open(page, '/answers')
    await expect(detail(page).getByText('connection reset', { exact: true })).toBeVisible()

    const verdict = await section(page, 'Answers', 'Answer')
    await pick(verdict, 'By verdict')
    await verdict.getByRole('region', { name: 'Anything else' }).getByLabel('Status').fill('403')
    await save(verdict)
    expect((await post('msg_3', whsec('another'))).status).toBe(403)
    expect((await post('msg_3')).status).toBe(200)
  },
)

/** A handler of the person's own, which answers slowly or not at all. */
async function startHandler(): Promise<{
  server: Server
  url: string
  paths: string[]
  slowMs: { now: number }
}> {
  const paths: string[] = []
  const slowMs = { now: 0 }
  const server = createServer((request, response) => {
    paths.push(`${String(request.headers['svix-id'])} ${request.url ?? ''}`)
    setTimeout(
      () => response.writeHead(202, { 'X-Handler': 'mine' }).end('{"thanks":true}'),
      slowMs.now,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return { server, url: `http://127.0.0.1:${address.port}/hook`, paths, slowMs }
}

test('forwarding to a handler: its answer, too late, paused, and the queue', async ({
  app,
  shell,
}) => {
  const { page, captureUrl, engine } = app
  const handler = await startHandler()
  try {
    const secrets = [{ text: SECRET }]
    await engine.endpoints.create({ name: 'Handler', path: '/handler', schemeId: 'svix', secrets })
    const post = (id: string) =>
      call(`${captureUrl}/handler`, {
        method: 'POST',
        body: BODY,
        headers: svixHeaders(SECRET, BODY, { id }),
      })
    const dialog = await section(page, 'Handler', 'Forward')
    await dialog.getByRole('button', { name: 'Add a target' }).click()
    await dialog.getByRole('textbox', { name: /^Target 1/ }).fill('localhost:3000')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByText('The target is an http:// or https:// URL.')).toBeVisible()
    await dialog.getByRole('textbox', { name: /^Target 1/ }).fill(handler.url)
    await dialog.getByLabel('Deadline in seconds').fill('1.5')
    await choose(dialog, 'Try again', 'As the provider would')
    await expect(dialog.getByText(/^As Svix documents it, after 5 s, 5 min/)).toBeVisible()
    await choose(dialog, 'Try again', 'Never')
    await expectAccessible(app, shell, 'the forwarding of an endpoint')
    await save(dialog)

    expect(await post('msg_1')).toMatchObject({ status: 202, body: '{"thanks":true}' })
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^Handler/ })
      .click()
    await open(page, '/handler')
    const response = await turnTo(page, 'Response')
    await expect(response.getByText(/^What the forwarding target said/)).toBeVisible()
    const forwarded = response.getByRole('region', { name: 'Forwarded' })
    await expect(forwarded.getByText('done', { exact: true })).toBeVisible()
    await forwarded.getByRole('button', { name: /202 Accepted/ }).click()
    await expect(forwarded.getByRole('table', { name: 'Headers sent' })).toContainText('svix-id')

    handler.slowMs.now = 4_000
    expect((await post('msg_2')).status).toBe(504)
    handler.slowMs.now = 0
    await expect(rows(page, '/handler')).toHaveCount(2)
    await open(page, '/handler')
    await expect(response.getByText(/did not answer before the deadline/)).toBeVisible()

    const queue = page.getByRole('group', { name: 'Forwarding queue' })
    await expect(queue).toContainText('1 delivery could not be sent on')
    await queue.getByRole('button', { name: 'Pause' }).click()
    await expect(queue).toContainText('Forwarding is paused')
    expect((await post('msg_3')).status).toBe(200)
    await expect(queue).toContainText('1 delivery waits')
    expect(handler.paths.some((path) => path.startsWith('msg_3'))).toBe(false)
    await queue.getByRole('button', { name: 'Resume' }).click()
    await expect.poll(() => handler.paths.some((path) => path.startsWith('msg_3'))).toBe(true)
    await queue.getByRole('button', { name: 'Send now' }).click()
    await expect(queue).toBeHidden()
    expect(handler.paths.filter((path) => path === 'msg_2 /hook')).toHaveLength(2)

    const remote = await section(page, 'Handler', 'Forward')
    await remote.getByRole('textbox', { name: /^Target 1/ }).fill('https://hooks.example.com/in')
    await remote.getByRole('button', { name: 'Save' }).click()
    const asks = page.getByRole('alertdialog', { name: 'Send to hooks.example.com?' })
    await asks.getByRole('button', { name: 'Send nothing' }).click()
    await expect(remote.getByText(/you did not allow hooks.example.com/)).toBeVisible()
  } finally {
    handler.server.close()
    handler.server.closeAllConnections()
  }
})
