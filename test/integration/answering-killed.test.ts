import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import { builtOr } from '#test/built/folder.ts'
import { openEngine, post, temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const ENGINE = builtOr(join(import.meta.dirname, 'engine-process.ts'), 'engine-process.cjs')

it(
  'killed while answers are held back: deliveries and plans are stored',
  { timeout: 60_000 },
  async () => {
    const first = await openEngine(dataDir)
    const answers = [
      { status: 503, body: 'come again', delayMs: 60_000 },
      { status: 200, fault: 'hang' as const },
    ]
    await first.client.endpoints.create({
      name: 'slow',
      path: '/slow',
      schemeId: null,
      answering: { mode: 'canned', answers, countPer: 'endpoint' },
    })
    await first.engine.close()

    const child = spawn(process.execPath, [ENGINE, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(child.stdout, 'data')
    const url = String(line).trim()
    const heard = ['one', 'two'].map((body) =>
      post(`${url}/slow`, body).then(
        ({ status }) => `answered ${status}`,
        () => 'cut',
      ),
    )
    const seen = await openStoreUntil(2)
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    expect(seen).toBe(2)
    expect(await Promise.all(heard)).toEqual(['cut', 'cut'])

    const again = await openEngine(dataDir)
    const { rows } = await again.client.deliveries.list({})
    const stored = await Promise.all(rows.map(({ id }) => again.client.deliveries.get({ id })))
    expect(stored.map(({ answer }) => answer)).toEqual([
      expect.objectContaining({ by: 'canned', status: null, fault: 'hang' }),
      expect.objectContaining({
        by: 'canned',
        status: 503,
        bodyText: 'come again',
        delayMs: 60_000,
      }),
    ])
    expect(stored.map(({ durationMs }) => durationMs)).toEqual([null, null])
    // What is counted lives in memory: the sequence begins anew.
    const answering = { mode: 'canned' as const, answers: [{ status: 500 }, { status: 200 }] }
    const [endpoint] = await again.client.endpoints.list()
    await again.client.endpoints.update({ id: endpoint?.id ?? 0, answering })
    expect((await post(`${again.url}/slow`, 'one')).status).toBe(500)
    await again.engine.close()
  },
)

/** How many deliveries the file holds, once there are so many; the engine has it open meanwhile. */
async function openStoreUntil(count: number): Promise<number> {
  const db = new Database(join(dataDir, 'countersign.sqlite'), { readonly: true, timeout: 5000 })
  try {
    const giveUpAt = Date.now() + 10_000
    for (;;) {
      const found = Number(db.prepare('SELECT count(*) FROM deliveries').pluck().get())
      if (found >= count || Date.now() > giveUpAt) return found
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  } finally {
    db.close()
  }
}
