/** Settings in the dialog, and handshakes: answered on the wire, marked in the list, said in words. */
import { createHmac } from 'node:crypto'
import { editEndpoint, pickScheme } from './endpoint-dialog.ts'
import { expect, test } from './fixtures.ts'
import { open, rows, turnTo } from './screen.ts'
import { call } from './wire.ts'

const TOKEN = 'a token that was typed twice'

test('a setting that the handshake needs is asked for, kept, and compared', async ({ app }) => {
  const { page, captureUrl } = app
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await dialog.getByLabel('Name', { exact: true }).fill('Meta')
  await dialog.getByLabel('Path').fill('/meta')
  await pickScheme(dialog, 'Meta / WhatsApp / Messenger / Instagram')
  await dialog.getByLabel('Verify token').fill(TOKEN)
  await dialog.getByRole('button', { name: 'Add endpoint' }).click()
  await dialog.waitFor({ state: 'hidden' })

  const ask = (token: string) => {
    const query = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.verify_token': token,
      'hub.challenge': '1158201444',
    })
    return call(`${captureUrl}/meta?${query}`)
  }
  const right = await ask(TOKEN)
  expect([right.status, right.body]).toEqual([200, '1158201444'])
  expect(right.headers['x-content-type-options']).toBe('nosniff')
  await expect(rows(page, '/meta', 'challenge')).toHaveCount(1)
  const shown = await open(page, '/meta', 'challenge')
  await expect(shown).toContainText('Answered the handshake “hub.challenge” with 200 and this:')
  await expect(shown.getByText('1158201444', { exact: true })).toBeVisible()
  await expect((await turnTo(page, 'Response')).getByLabel('Answer body')).toHaveText(/1158201444/)

  expect((await ask('a guess')).status).toBe(403)
  await expect(rows(page, '/meta', 'challenge')).toHaveCount(2)
  await expect(await open(page, '/meta')).toContainText('is not the “Verify token”')

  const edit = await editEndpoint(page, 'Meta')
  await expect(edit.getByLabel('Verify token')).toHaveValue(TOKEN)
  await edit.getByRole('radiogroup', { name: 'Handshakes' }).getByText('Only record').click()
  await edit.getByRole('button', { name: 'Save' }).click()
  await edit.waitFor({ state: 'hidden' })
  const unanswered = await ask(TOKEN)
  expect([unanswered.status, unanswered.body]).toEqual([200, ''])
})

test('a signed handshake is marked beside its verdict', async ({ app }) => {
  const { page, captureUrl, engine } = app
  const secrets = [{ text: 'slack signing secret' }]
  await engine.endpoints.create({ name: 'Slack', path: '/slack', schemeId: 'slack', secrets })
  const body = JSON.stringify({ type: 'url_verification', challenge: '3eZbrw1aBm2rZgRNFdxV' })
  const at = String(Math.floor(Date.now() / 1000))
  const mac = createHmac('sha256', 'slack signing secret').update(`v0:${at}:${body}`).digest('hex')
  const signature = ['X-Slack-Request-Timestamp', at, 'X-Slack-Signature', `v0=${mac}`]
  const headers = ['Content-Type', 'application/json', ...signature]
  const answer = await call(`${captureUrl}/slack`, { method: 'POST', headers, body })
  expect([answer.status, answer.body]).toEqual([200, '3eZbrw1aBm2rZgRNFdxV'])
  await expect(rows(page, '/slack', 'valid', 'challenge')).toHaveCount(1)
  const shown = await open(page, '/slack')
  await expect(shown).toContainText('Answered the handshake “url_verification” with 200 and this:')
})

test('a required setting is wanted before anything is saved', async ({ app }) => {
  const { page, engine } = app
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await dialog.getByLabel('Name', { exact: true }).fill('Square')
  await dialog.getByLabel('Path').fill('/square')
  await pickScheme(dialog, 'Square')
  const save = dialog.getByRole('button', { name: 'Add endpoint' })
  await save.click()
  await expect(dialog.getByText(/^Square needs “Notification URL”/)).toBeVisible()
  await dialog.getByLabel('Notification URL (required)').fill('example.test/hook')
  await save.click()
  await expect(dialog.getByText(/a whole URL that begins with http/)).toBeVisible()
  await dialog.getByLabel('Notification URL (required)').fill('https://example.test/hook')
  await save.click()
  await dialog.waitFor({ state: 'hidden' })
  const [made] = await engine.endpoints.list()
  expect(made?.settings).toEqual({ notificationUrl: 'https://example.test/hook' })
})

test('a test key pair signs, and its public half is there to copy', async ({ app }) => {
  const { page, engine } = app
  const endpoint = await engine.endpoints.create({
    name: 'Discord',
    path: '/discord',
    schemeId: 'discord',
  })
  const dialog = await editEndpoint(page, 'Discord')
  await expect(dialog.getByRole('textbox', { name: 'Public key' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Make a test key pair' }).click()
  await expect(dialog.getByText(/^[0-9a-f]{64}$/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await engine.tools.sendTest({ endpointId: endpoint.id })
  await expect(rows(page, '/discord', /valid$/)).toHaveCount(1)
})

test('a certificate is asked for by a press only, and a foreign host never', async ({ app }) => {
  const { page, captureUrl, engine } = app
  await engine.endpoints.create({ name: 'SNS', path: '/sns', schemeId: 'aws-sns' })
  const send = (SigningCertURL: string) => {
    const message = {
      Type: 'Notification',
      ...{ MessageId: 'm-1', TopicArn: 'arn:aws:sns:eu-west-1:1:t', Message: 'x' },
      ...{ Timestamp: new Date().toISOString(), SignatureVersion: '2', Signature: 'AAAA' },
      SigningCertURL,
    }
    return call(`${captureUrl}/sns`, { method: 'POST', body: JSON.stringify(message) })
  }
  await send('https://sns.eu-west-1.amazonaws.com/cert.pem')
  const shown = await open(page, '/sns')
  const ask = 'Ask sns.eu-west-1.amazonaws.com for the certificate'
  await expect(shown.getByRole('button', { name: ask })).toBeVisible()
  await send('https://sns.eu-west-1.amazonaws.com.evil.example/cert.pem')
  await expect(rows(page, '/sns')).toHaveCount(2)
  await expect(await open(page, '/sns')).toContainText('is no address of SNS')
  await expect(shown.getByRole('button', { name: /^Ask / })).toHaveCount(0)
})
