import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importOpenedFile } from '#electron/opened-files.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { openEngine, type OpenedEngine } from './opened-engine.ts'

describe('a file that was opened', () => {
  let folder: string
  let app: OpenedEngine
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'countersign-opened-'))
    app = await openEngine(path.join(folder, 'data'))
  })
  afterEach(async () => {
    await app.engine.close()
    rmSync(folder, { recursive: true })
  })

  it('is imported, and once only', async () => {
    const file = path.join(folder, 'day.har')
    writeFileSync(file, JSON.stringify(har('/from-a-file')))
    const control = await connectControlSocket(path.join(folder, 'data'))
    if (!control) throw new Error('The engine does not answer.')
    expect(await importOpenedFile(control.client, file)).toMatchObject({
      state: 'done',
      added: 1,
      name: 'day.har',
    })
    expect(await importOpenedFile(control.client, file)).toMatchObject({ added: 0, alreadyHere: 1 })
    const { rows } = await control.client.deliveries.list({})
    expect(rows.map(({ target }) => target)).toEqual(['/from-a-file'])
    expect(await control.client.transfers.list()).toEqual([])
    await expect(importOpenedFile(control.client, folder)).rejects.toThrow('is no file')
    control.close()
    await control.closed
  })
})

function har(target: string) {
  const request = {
    method: 'POST',
    url: `http://127.0.0.1:4100${target}`,
    httpVersion: 'HTTP/1.1',
    headers: [{ name: 'Content-Type', value: 'application/json' }],
    queryString: [],
    cookies: [],
    headersSize: -1,
    bodySize: 2,
    postData: { mimeType: 'application/json', text: '{}' },
  }
  const entry = { startedDateTime: '2026-01-01T00:00:00.000Z', time: 1, request }
  return { log: { version: '1.2', creator: { name: 'a test', version: '1' }, entries: [entry] } }
}
