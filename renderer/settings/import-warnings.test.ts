import { expect, it } from 'vitest'
import { importWarnings } from './import-warnings.ts'

const stored = { deliveries: 100, bytes: 5_000_000 }
const listener = { host: '127.0.0.1', port: 4100, tls: null, bodyLimitBytes: 1_000_000 }
const retention = { maxCount: null, maxAgeDays: null, maxBytes: null }
const json = (settings: object) => JSON.stringify({ format: 'countersign-settings', settings })

it('says what is deleted at once and who is let in, and nothing of a harmless file', () => {
  expect(importWarnings(json({ listener, retention }), stored)).toEqual([])
  const strict = {
    listener: { ...listener, host: '0.0.0.0' },
    retention: { ...retention, maxCount: 1 },
  }
  const warnings = importWarnings(json(strict), stored)
  expect(warnings).toHaveLength(2)
  expect(warnings[0]).toContain('99 of 100')
  expect(warnings[1]).toContain('0.0.0.0')
})

it('leaves what is no export to the import', () => {
  for (const text of ['', '{', 'null', '[]', json({}), json({ listener: 1, retention })]) {
    expect(importWarnings(text, stored)).toEqual([])
  }
})
