/** A session that uses signing secrets in every way and reveals none: then they are nowhere. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type App } from './fixtures.ts'
import { whsec, stripeHeaders, svixHeaders } from './providers.ts'
import { open, rows } from './screen.ts'
import { foundIn, searchFolder, searchHeap, searchProcesses } from './secret-search.ts'
import { deliver } from './wire.ts'

const SVIX = whsec(`nowhere ${Math.random()} svix`)
const STRIPE = `whsec_${Array.from(`nowhere${Math.random()}`, (c) => c.charCodeAt(0)).join('')}`
const SECRETS = [SVIX, STRIPE]

const launcher = path.join(import.meta.dirname, '../../cli/launcher.cjs')

/** The command line as it is built, which attaches to the program that runs. */
function runCli(args: readonly string[], stdin = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [launcher, ...args], (error, _, stderr) => {
      if (error) reject(new Error(`countersign ${args[0] ?? ''}: ${stderr}`))
      else resolve(stderr)
    })
    child.stdin?.end(stdin)
  })
}

const pidOf = ({ shell }: App) => shell.web?.pid ?? shell.electron?.process().pid ?? 0

async function addEndpoint(app: App, name: string, secret: string): Promise<void> {
  const args = ['endpoints', 'add', name, '--path', `/${name}`, '--scheme', name]
  expect(await runCli([...args, '--secret-stdin', '--data-dir', app.dataDir], secret)).toBe('')
}

/** Verified, replayed, signed anew, composed, checked, forwarded, diagnosed, exported. */
async function useSecrets(app: App, exports: string): Promise<void> {
  const { engine, captureUrl } = app
  const body = '{"type":"invoice.paid"}'
  await deliver(`${captureUrl}/svix`, body, svixHeaders(SVIX, body))
  await deliver(`${captureUrl}/svix`, `${body} `, svixHeaders(SVIX, body))
  await deliver(`${captureUrl}/stripe`, body, stripeHeaders(STRIPE, body))
  const [endpoint] = await engine.endpoints.list()
  const endpointId = endpoint?.id ?? 0
  const sink = `${captureUrl}/sink`
  const targets = [{ url: sink, late: 're-sign' as const }]
  await engine.replays.create({ deliveryId: 1, url: sink, resign: true })
  await engine.batches.create({ selection: { ids: [1, 3] }, url: sink, resign: true })
  const [sample] = await engine.compose.samples({ schemeId: 'svix' })
  if (sample) {
    const { body: text, ...event } = sample
    const draft = { ...event, schemeId: 'svix', endpointId, settings: {}, seed: null }
    await engine.compose.send({
      draft: { ...draft, body: { kind: 'template', text } },
      ...{ url: sink, resign: true },
    })
  }
  const only = ['accepts']
  const check = await engine.checks.start({ url: sink, schemeId: 'svix', endpointId, only })
  await engine.endpoints.update({ id: endpointId, forwarding: { targets, when: 'after-answer' } })
  await deliver(`${captureUrl}/svix`, `${body}  `, svixHeaders(SVIX, `${body}  `))
  await engine.deliveries.diagnose({ id: 2 })
  await expect
    .poll(async () => (await engine.checks.get({ id: check.id })).state, { timeout: 30_000 })
    .not.toBe('running')
  mkdirSync(exports)
  const report = await engine.checks.report({ id: check.id, format: 'html' })
  writeFileSync(path.join(exports, report.name), report.text)
  const out = (name: string) => ['-o', path.join(exports, name), '--data-dir', app.dataDir]
  const everything = ['export', '--query', '']
  for (const args of [
    [...everything, ...out('all.ndjson')],
    [...everything, '--format', 'har', ...out('all.har')],
    [...everything, '--redact-json', '$.type', '--json', ...out('redacted.ndjson')],
  ]) {
    await runCli(args)
  }
  const { json } = await engine.settings.export()
  writeFileSync(path.join(exports, 'settings.json'), json)
  writeFileSync(path.join(exports, 'diagnostics.txt'), (await engine.logs.diagnostics()).text)
}

/** What a person looks at, so that the page has held it. */
async function lookAtEverything({ page }: App): Promise<void> {
  await expect(rows(page, '/svix').first()).toBeVisible()
  await open(page, '/svix')
  for (const tab of ['Headers', 'Body', 'Raw', 'Response', 'Verification']) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
  }
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  await sections.getByRole('button', { name: 'Secrets' }).click()
  await page.getByRole('button', { name: 'Manage secrets of svix' }).click()
  await expect(page.getByRole('dialog')).toContainText('Signing secrets')
  await page.keyboard.press('Escape')
}

/** Commands are processes of their own, and a snapshot of the heap takes seconds. */
test.describe.configure({ timeout: 120_000 })

test('no signing secret is on disk, in a process, an export or the page', async ({ app }) => {
  const exports = path.join(app.dataDir, 'exports')
  await addEndpoint(app, 'svix', SVIX)
  await addEndpoint(app, 'stripe', STRIPE)
  await useSecrets(app, exports)
  await lookAtEverything(app)
  expect(searchFolder(app.dataDir, SECRETS)).toEqual([])
  expect(await searchHeap(app.page, SECRETS)).toEqual([])
  if (process.platform === 'linux') expect(searchProcesses(pidOf(app), SECRETS)).toEqual([])
})

test('the search finds what is there, in every form', async ({ app }) => {
  const { page, dataDir } = app
  const planted = whsec(`planted ${Math.random()}`)
  const key = Buffer.from(planted.slice('whsec_'.length), 'base64')
  writeFileSync(path.join(dataDir, 'planted.bin'), Buffer.concat([Buffer.from('x'), key]))
  writeFileSync(path.join(dataDir, 'planted.txt'), `${key.toString('hex')} ${planted}`)
  const found = searchFolder(dataDir, [planted])
  expect(found).toContain('raw of 1 in planted.bin')
  expect(found).toContain('hex of 1 in planted.txt')
  expect(found).toContain('text of 1 in planted.txt')
  await page.evaluate((text) => {
    Object.assign(window, { planted: { of: `a ${text} b` } })
  }, planted)
  expect(await searchHeap(page, [planted])).toContain('text of 1 in the heap')
  if (process.platform === 'linux') {
    // Its own arguments, as a process that was given a secret would have them.
    const pid = pidOf(app)
    expect(searchProcesses(pid, [dataDir])).toContain(`text of 1 in cmdline of ${pid}`)
  }
  expect(foundIn(Buffer.from(key.toString('base64url')), 'x', [planted])).not.toEqual([])
})
