/** What a spreadsheet reads of a table that we write is text, whatever a sender said. */
import { expect, it } from 'vitest'
import { csvField } from '#engine/replay/batch/results.ts'
import { corpus } from './corpus.ts'

/** The text of a cell as RFC 4180 has it. */
function cellOf(field: string): string {
  return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field
}

it('no payload of the corpus becomes a formula or ends its cell', () => {
  for (const { text, id } of corpus()) {
    const field = csvField(text)
    if (/[",\r\n]/.test(text)) expect(field, id).toMatch(/^"[^]*"$/)
    expect(field.slice(1, -1).replaceAll('""', ''), id).not.toMatch(/^"|[^"]"$/)
    // Spreadsheets look past blanks, and take full-width signs for signs.
    expect(cellOf(field), id).not.toMatch(/^[\s\u200b\ufeff]*[=+\-@＝＋－＠]/)
  }
})
