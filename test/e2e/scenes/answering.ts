/**
 * Answers and forwarding: the endpoint's dialog, and what a delivery tells of them:
 *
 *   node test/e2e/scenes/answering.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Locator, Page } from '@playwright/test'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { editEndpoint } from '#test/e2e/endpoint-dialog.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { open, turnTo } from '#test/e2e/screen.ts'
import { call } from '#test/e2e/wire.ts'
import { folder, shoot } from './shoot.ts'

const SECRET = whsec('answers')
const BODY = '{"id":"evt_1042","type":"invoice.paid","data":{"name":"Ada Okafor","amount":19.95}}'

async function section(page: Page, endpoint: string, name: string): Promise<Locator> {
  const dialog = await editEndpoint(page, endpoint)
  await dialog.getByRole('tab', { name }).click()
  return dialog
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

async function answers({ page, engine, captureUrl }: App): Promise<void> {
  const secrets = [{ text: SECRET }]
  const answering = {
    mode: 'canned' as const,
    answers: [
      { status: 503, delayMs: 250 },
      {
        status: 200,
        rawHeaders: [['X-Request-Id', '{{header svix-id}}']] as [string, string][],
        body: '{"received":"{{messageId}}","name":{{json $.data.name|json}},"attempt":{{attempt}}}',
      },
    ],
    failure: { probability: 0.2, answer: { status: 500 } },
  }
  await engine.endpoints.create({
    name: 'Jobs',
    path: '/jobs',
    schemeId: 'svix',
    secrets,
    answering,
  })
  const headers = svixHeaders(SECRET, BODY, { id: 'msg_1' })
  for (let time = 0; time < 2; time += 1) {
    await call(`${captureUrl}/jobs`, { method: 'POST', headers, body: BODY })
  }
  await page.getByRole('navigation').getByRole('button', { name: /^Jobs/ }).waitFor()
  await shoot(page, 'answer-default-section')
  const dialog = await section(page, 'Jobs', 'Answer')
  await dialog.getByRole('button', { name: /^2nd answer/ }).click()
  await shoot(page, 'answer-sequence')
  await dialog.getByLabel('Preview of the answer').scrollIntoViewIfNeeded()
  await shoot(page, 'answer-preview')
  await dialog.getByRole('button', { name: 'Values that can stand in it' }).first().click()
  await dialog.getByText('After a value').scrollIntoViewIfNeeded()
  await shoot(page, 'answer-values')
  await dialog.getByLabel('Body').first().fill('{{nope}}')
  await shoot(page, 'answer-wrong')
  await dialog.getByText('By verdict', { exact: true }).click()
  await dialog.getByText('By verdict', { exact: true }).scrollIntoViewIfNeeded()
  await shoot(page, 'answer-by-verdict')
  await close(page)
  await open(page, '/jobs')
  await turnTo(page, 'Response')
  await shoot(page, 'answer-response')
  await turnTo(page, 'Timeline')
  await shoot(page, 'answer-timeline')
}

async function forwards({ page, engine, captureUrl }: App): Promise<void> {
  const handler = createServer((_, response) => {
    setTimeout(() => response.writeHead(202, { 'X-Handler': 'mine' }).end('{"ok":true}'), 3200)
  })
  await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve))
  const address = handler.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await engine.endpoints.create({
    name: 'Slack',
    path: '/slack',
    schemeId: 'slack',
    secrets: [{ text: 'a slack secret' }],
    forwarding: {
      targets: [
        { url: `http://127.0.0.1:${port}/hooks` },
        { url: 'http://127.0.0.1:9/second', addressHeaders: 'both' },
      ],
      deadlineMs: 10_000,
      retry: { kind: 'schedule', gapsSeconds: [600, 3600] },
    },
  })
  await call(`${captureUrl}/slack`, { method: 'POST', body: BODY })
  const dialog = await section(page, 'Slack', 'Forward')
  await dialog.getByRole('textbox', { name: /^Target 1/ }).waitFor()
  await shoot(page, 'forward-section')
  await dialog.getByRole('radiogroup', { name: 'Try again' }).scrollIntoViewIfNeeded()
  await dialog.getByRole('group', { name: 'Forwarding queue' }).scrollIntoViewIfNeeded()
  await shoot(page, 'forward-section-end')
  await close(page)
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Slack/ })
    .click()
  await open(page, '/slack')
  await turnTo(page, 'Response')
  await shoot(page, 'forward-response')
  handler.close()
  handler.closeAllConnections()
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const browser = await launchChromium()
  const { app, stop, remove } = await startApp((dataDir, watch) =>
    openBrowserShell(browser, dataDir, watch),
  )
  try {
    if (!process.argv.includes('forward')) await answers(app)
    await forwards(app)
    console.log(app.watch.problems())
  } finally {
    await stop()
    await browser.close()
    remove()
  }
}

await main()
