import { readFileSync } from 'node:fs'
import path from 'node:path'
import { notesOf } from './changelog.ts'

/**
 * Prints what CHANGELOG.md says of a version; ends with 1 when it says nothing.
 *
 *   node build/release-notes.ts VERSION
 */
const version = process.argv[2] ?? ''
const changelog = readFileSync(path.resolve(import.meta.dirname, '../CHANGELOG.md'), 'utf8')
const notes = notesOf(changelog, version)
if (notes === null) {
  console.error(`CHANGELOG.md has no section “## ${version} - DATE” with anything in it.`)
  process.exitCode = 1
} else console.log(notes)
