import { describe, expect, it } from 'vitest'
import { findSettings, sections, sectionsOf, settings } from './settings-index.ts'

describe('findSettings', () => {
  it('finds by title, section and other words, whatever the case, all words together', () => {
    expect([...findSettings('PORT')]).toEqual(['port', 'export', 'import'])
    expect([...findSettings('certificate')]).toEqual(['https'])
    expect([...findSettings('dark')]).toEqual(['appearance'])
    expect([...findSettings('notifications rules')]).toEqual(['rules'])
    expect([...findSettings('locked secret')]).toEqual(['dataKey', 'endpointSecrets'])
    expect(findSettings('quux').size).toBe(0)
  })

  it('finds everything for nothing', () => {
    expect(findSettings('  ').size).toBe(Object.keys(settings).length)
    expect(sectionsOf(findSettings(''))).toEqual(sections.map(({ id }) => id))
  })

  it('keeps the order of sections', () => {
    expect(sectionsOf(findSettings('file'))).toEqual(['secrets', 'privacy', 'transfer'])
  })
})
