/** A delivery as it came: request line, headers in order, body byte for byte. */
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { type App, expect, test } from './fixtures.ts'
import { oneAfterAnother } from './one-after-another.ts'
import { choose, open, rows, turnTo } from './screen.ts'
import { deliver, writeRaw } from './wire.ts'

test('a delivery as it came', async ({ app }) => {
  await oneAfterAnother(app, {
    'every header in its order, case and repetition': async () => {
      const { page, captureUrl } = app
      const headers = [
        ['hOsT', 'hooks.example.test'],
        ['X-First', '1'],
        ['x-first', 'two; "quoted"'],
        ['Content-Length', '2'],
        ['ACCEPT', '*/*'],
        ['X-First', ''],
        ['Connection', 'close'],
      ]
      const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
      const answer = await writeRaw(captureUrl, `PATCH /odd?a=1&a=%20 HTTP/1.1\r\n${head}\r\nhi`)
      expect(answer).toMatch(/^HTTP\/1\.1 200 /)
      await open(page, 'PATCH', '/odd')
      const panel = await turnTo(page, 'Headers')
      await expect(panel.getByText('PATCH /odd?a=1&a=%20 HTTP/1.1')).toBeVisible()
      const table = panel.getByRole('table', { name: 'Request headers' }).getByRole('row')
      await expect(table).toHaveCount(headers.length + 1)
      for (const [index, [name = '', value = '']] of headers.entries()) {
        const cells = table.nth(index + 1).getByRole('cell')
        await expect(cells.first()).toHaveText(name === 'hOsT' ? name : new RegExp(`^${name}`))
        await expect(cells.nth(1)).toHaveText(value)
      }
      await expect(table.filter({ hasText: 'repeated' })).toHaveCount(3)
    },
    'JSON as a tree, as text and as hex, with the exact byte count': async () => {
      const { page, captureUrl } = app
      const body = '{"amount": 12345678901234567890.10, "note": "Grüße 🎉", "a": 1, "a": 2}\n'
      await deliver(`${captureUrl}/json`, body, ['Content-Type', 'application/json'])
      const shown = await open(page, '/json')
      const panel = await turnTo(page, 'Body')
      await expect(panel.getByText(`${Buffer.byteLength(body)} bytes`)).toBeVisible()
      const laidOut = panel.getByRole('textbox', { name: 'Body as JSON' })
      await expect(laidOut).toContainText('  "amount": 12345678901234567890.10,')
      await expect(panel.getByText(/^One key is repeated/)).toBeVisible()
      await choose(panel, 'Show the body as', 'Tree')
      const tree = panel.getByRole('tree')
      await expect(tree).toContainText('12345678901234567890.10')
      await expect(tree).toContainText('Grüße 🎉')

      await choose(panel, 'Show the body as', 'Text')
      const text = panel.getByRole('textbox', { name: 'Body as text' })
      await expect(text).toHaveText(body.trimEnd())

      await choose(panel, 'Show the body as', 'Hex')
      const hex = panel.getByRole('group', { name: 'Body as hex' })
      await expect(hex).toContainText('7b 22 61 6d 6f 75 6e 74  22 3a 20 31 32 33 34 35')
      await expect(hex).toContainText('{"amount": 12345')
      await expect(shown).toBeVisible()
    },
    '2 MiB arrive whole, and the end of them can be read': async () => {
      const { page, captureUrl } = app
      const body = `${'0123456789abcdef'.repeat(131_072)}the end`
      await deliver(`${captureUrl}/large`, body, ['Content-Type', 'text/plain'])
      await open(page, '/large')
      const panel = await turnTo(page, 'Body')
      await expect(panel.getByText('2,097,159 bytes')).toBeVisible()
      await choose(panel, 'Show the body as', 'Hex')
      const hex = panel.getByRole('group', { name: 'Body as hex' })
      await hex.evaluate((element) => element.scrollTo(0, element.scrollHeight))
      await expect(hex).toContainText('the end')
    },
  })
})

test('bodies that are not plain text', { tag: '@browser' }, async ({ app }) => {
  await oneAfterAnother(app, {
    'a body that is not UTF-8 keeps every byte': async () => {
      const { page, captureUrl } = app
      const body = Uint8Array.of(0xff, 0xfe, 0x00, 0x80, 0x41, 0x0d, 0x0a, 0xc3, 0x28)
      await deliver(`${captureUrl}/bytes`, body, ['Content-Type', 'text/plain'])
      await open(page, '/bytes')
      const panel = await turnTo(page, 'Body')
      await expect(panel.getByText('9 bytes', { exact: true })).toBeVisible()
      const hex = panel.getByRole('group', { name: 'Body as hex' })
      await expect(hex).toContainText('ff fe 00 80 41 0d 0a c3  28')
      await choose(panel, 'Show the body as', 'Text')
      await expect(panel.getByText(/Some bytes are not UTF-8/)).toBeVisible()
    },
    'gzip is decoded for reading': () => readPacked(app, 'gzip', gzipSync),
    'brotli is decoded for reading': () => readPacked(app, 'br', brotliCompressSync),
    'an empty body, a cut body and malformed HTTP say what they are': async () => {
      const { page, captureUrl } = app
      await deliver(`${captureUrl}/empty`, '')
      await open(page, '/empty')
      const panel = await turnTo(page, 'Body')
      await expect(panel.getByText('The body is empty: 0 bytes.')).toBeVisible()

      const before = await rows(page).count()
      const garbage = await writeRaw(captureUrl, 'NOT HTTP AT ALL\r\n\r\n')
      expect(garbage).toMatch(/^HTTP\/1\.1 400 /)
      await expect(rows(page)).toHaveCount(before + 1)
      await rows(page).first().click()
      await expect(page.getByRole('img', { name: 'capture problem' }).first()).toBeVisible()
    },
  })
})

/** Stored as it came and decoded for reading. */
async function readPacked(app: App, coding: string, compress: typeof gzipSync): Promise<void> {
  const { page, captureUrl } = app
  const plain = JSON.stringify({ type: 'packed', text: 'x'.repeat(500) })
  const body = compress(plain)
  const headers = ['Content-Type', 'application/json', 'Content-Encoding', coding]
  await deliver(`${captureUrl}/packed-${coding}`, body, headers)
  await open(page, `/packed-${coding}`)
  const panel = await turnTo(page, 'Body')
  await expect(panel.getByRole('textbox', { name: 'Body as JSON' })).toContainText('packed')
  await expect(panel.getByText(`${plain.length} bytes`)).toBeVisible()
  await choose(panel, 'Content coding', `As received (${coding})`)
  await expect(panel.getByText(`${body.byteLength} bytes`)).toBeVisible()
}
