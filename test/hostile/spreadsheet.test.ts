/** What a spreadsheet reads of a table that we write is text, whatever a sender said. */
import { expect, it } from 'vitest'
import { csvField } from '#engine/replay/batch/results.ts'
import { corpus } from './corpus.ts'

/** The text of a cell as RFC 4180 has it. */
function cellOf(field: string): string {
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field
}

it('no payload of the corpus becomes a formula or ends its cell', () => {
  const written = corpus().map(({ text, id }) => ({ id, text, field: csvField(text) }))
  const unquoted = written.filter(
    ({ text, field }) => /[",\r\n]/.test(text) && !/^"[^]*"$/.test(field),
  )
  expect(unquoted).toEqual([])
  const ended = written.filter(({ field }) =>
    /^"|[^"]"$/.test(field.slice(1, -1).replaceAll('""', '')),
  )
  expect(ended).toEqual([])
  // Spreadsheets look past blanks, and take full-width signs for signs.
  const formulas = written.filter(({ field }) =>
    /^[\s\u200b\ufeff]*[=+\-@＝＋－＠]/.test(cellOf(field)),
  )
  expect(formulas).toEqual([])
})
