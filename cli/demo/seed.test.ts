import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { DeliveryRow } from '#contract/delivery.ts'
import { openReader } from '#engine/store/open-reader.ts'
import { seedDemo } from './seed.ts'

const nowMs = Date.parse('2026-01-15T14:02:11Z')
const spanMs = 26 * 3_600_000

async function seeded(seed: number) {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-demo-test-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const made = await seedDemo({ dataDir, version: '0.0.0-test', nowMs, spanMs, count: 420, seed })
  const reader = openReader(dataDir)
  onTestFinished(() => reader.close())
  const rows = [...reader.list({ filter: {}, limit: 1_000 }).rows].reverse()
  const delivery = (id: number) => reader.get(id)
  return { made, rows, delivery }
}

const tell = ({ endpointName, verdict, duplicate, messageId, target }: DeliveryRow) =>
  [endpointName, verdict, duplicate?.kind, messageId, target].join(' ')

it('makes a few hundred deliveries of every kind, signed as their providers do', async () => {
  const { made, rows, delivery } = await seeded(868)
  expect(rows).toHaveLength(made)
  expect(made).toBeGreaterThan(400)
  const verdicts = new Set(rows.map(({ verdict }) => verdict))
  for (const verdict of ['valid', 'invalid', 'stale', 'unsigned', 'malformed', 'incomplete']) {
    expect(verdicts).toContain(verdict)
  }
  expect(verdicts).toContain('no-secret')
  const kinds = new Set(rows.flatMap(({ duplicate }) => (duplicate ? [duplicate.kind] : [])))
  expect(kinds).toEqual(new Set(['retry', 'exact-replay', 'id-reuse']))
  // Everything that nothing was done to is right: the signer and the verifier agree.
  const wrong = rows.filter(({ verdict }) => verdict !== 'valid')
  expect(wrong.length).toBeLessThan(made * 0.15)
  // After the rotation the new secret signs, before it the old one.
  const stripe = rows.filter((row) => row.endpointName === 'Stripe' && row.verdict === 'valid')
  const used = stripe.map(({ id }) => delivery(id)?.verification.matchedSecretId)
  expect(new Set(used).size).toBe(2)
  expect(used[0]).not.toBe(used.at(-1))
  expect(rows.every(({ receivedAtMs }) => receivedAtMs < nowMs)).toBe(true)
  // A clock that falls behind ends outside the tolerance.
  const slack = rows.filter(({ endpointName }) => endpointName === 'Slack')
  expect([slack[0]?.verdict, slack.at(-1)?.verdict]).toEqual(['valid', 'stale'])
}, 30_000)

it('is the same for the same seed and another for another', async () => {
  const [one, same, other] = [await seeded(868), await seeded(868), await seeded(8)]
  expect(same.rows.map(tell)).toEqual(one.rows.map(tell))
  expect(other.rows.map(tell)).not.toEqual(one.rows.map(tell))
}, 30_000)
