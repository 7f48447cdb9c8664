import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSettingsDocument, type SettingsDocument } from './settings-document.ts'

const document: SettingsDocument = {
  format: 'countersign-settings',
  version: 1,
  settings: {
    listener: { host: '127.0.0.1', port: 4100, tls: null, bodyLimitBytes: 2048 },
    retention: { maxCount: null, maxAgeDays: null, maxBytes: null },
    notifications: { enabled: false, rules: [] },
  },
  endpoints: [],
  savedFilters: [],
  ownSchemes: [],
  keymap: {},
}

describe('readSettingsDocument', () => {
  it('reads what was written, also with a byte order mark', () => {
    const json = JSON.stringify(document)
    expect(readSettingsDocument(json)).toEqual({ document })
    expect(readSettingsDocument(`\uFEFF${json}`)).toEqual({ document })
  })

  it('says in one sentence what is wrong with any other text, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 5 })), (text) => {
        const read = readSettingsDocument(text)
        expect(read).toHaveProperty('problem')
        expect('problem' in read ? read.problem : '').not.toBe('')
      }),
    )
  })

  it('refuses or cleans whatever stands in a part of it', () => {
    const parts = fc.constantFrom('settings', 'endpoints', 'savedFilters', 'ownSchemes', 'keymap')
    fc.assert(
      fc.property(parts, fc.jsonValue({ maxDepth: 4 }), (part, value) => {
        const read = readSettingsDocument(JSON.stringify({ ...document, [part]: value }))
        const again = 'problem' in read ? read : readSettingsDocument(JSON.stringify(read.document))
        expect(again).toEqual(read)
        expect('problem' in read ? read.problem : 'none').not.toBe('')
      }),
    )
  })
})
