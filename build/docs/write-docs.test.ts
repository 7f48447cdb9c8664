import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeDocs } from './write-docs.ts'

const docs = path.resolve(import.meta.dirname, '..', '..', 'docs')
const folder = mkdtempSync(path.join(tmpdir(), 'countersign-docs-'))
let pages: Map<string, string>

beforeAll(async () => {
  await writeDocs(docs, folder)
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true })
  const html = names.filter((name) => name.endsWith('.html'))
  pages = new Map(html.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every page is there, with a title', () => {
  expect(pages.size).toBeGreaterThan(170)
  for (const [name, text] of pages) expect([name, /<title>\S/.test(text)]).toEqual([name, true])
})

test('nothing in them runs, is styled in place, or is fetched from elsewhere', () => {
  const active =
    /<script|<iframe|<object|<style| style="| on\w+="|(?:src|srcset)="https?:|javascript:/i
  for (const [name, text] of pages)
    expect([name, active.exec(text)?.[0]]).toEqual([name, undefined])
})

test('no link leads nowhere', () => {
  const dead: string[] = []
  for (const [name, text] of pages) {
    for (const [, reference = ''] of text.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (/^(?:https?:|mailto:)/.test(reference)) continue
      const [file = '', anchor] = decodeURI(reference).split('#')
      const target = path.join(path.dirname(name), file || path.basename(name))
      const there = existsSync(path.join(folder, target))
      const found = anchor === undefined || (pages.get(target) ?? '').includes(` id="${anchor}"`)
      if (!there || !found) dead.push(`${name}: ${reference}`)
    }
  }
  expect(dead).toEqual([])
})
