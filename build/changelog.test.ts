import { expect, it } from 'vitest'
import { notesOf } from './changelog.ts'

const CHANGELOG = `# Changelog

Words.

## Unreleased

## [1.10.0] - 2026-02-01

### Added

- Two.

## 1.1.0 - 2026-01-01

- One.
`

it('finds the section of a version, whole and alone', () => {
  expect(notesOf(CHANGELOG, '1.10.0')).toBe('### Added\n\n- Two.')
  expect(notesOf(CHANGELOG, '1.1.0')).toBe('- One.')
})

it.each(['1.1', '2.0.0', 'Unreleased', '', '1x1.0'])('has nothing of %j', (version) => {
  expect(notesOf(CHANGELOG, version)).toBeNull()
})
