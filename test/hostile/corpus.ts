/**
 * Payloads that a sender, an import or an answer may hold, each a technique of its own: markup that
 * runs or fetches, terminal sequences, characters that deceive, bombs. They lie as data in corpus/,
 * one a line; what would be large is a recipe there and is made here.
 *
 * Whatever runs calls `owned(N)`; whatever asks the network asks a host under `canary-N.invalid`.
 */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { codingOf, made, Recipe } from './recipes.ts'

const folder = path.join(import.meta.dirname, 'corpus')

const Line = z.strictObject({
  id: z.string(),
  /** What it tries, in a few words; unique within a category and source. */
  technique: z.string().min(3),
  /** Where it is from: a standard, a list of such payloads, a CVE. */
  from: z.string().min(2),
  text: z.string().optional(),
  base64: z.string().optional(),
  recipe: Recipe.optional(),
})

export interface Payload {
  id: string
  category: string
  technique: string
  from: string
  /** As text, wherever only text can stand; of a bomb how it begins. */
  text: string
  /** As the body of a request. */
  bytes: Buffer
  /** What the body's `Content-Encoding` says; `null`: nothing. */
  coding: string | null
  /** Whether it is made large. */
  large: boolean
}

const LONGEST_TEXT = 2_000

function payloadOf(category: string, line: string): Payload {
  const { id, technique, from, text, base64, recipe } = Line.parse(JSON.parse(line))
  const known = { id, category, technique, from, large: recipe !== undefined }
  if (recipe !== undefined) {
    // Bombs take a while to make: only who sends one needs its bytes.
    let kept: Buffer | null = null
    const bytesOf = () => (kept ??= made(recipe))
    const coding = 'coding' in recipe ? recipe.coding : codingOf(recipe)
    const beginning = coding ?? bytesOf().subarray(0, LONGEST_TEXT).toString('utf8')
    return {
      ...{ ...known, coding, text: beginning },
      get bytes() {
        return bytesOf()
      },
    }
  }
  const bytes = base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64')
  return { ...known, bytes, coding: null, text: text ?? bytes.toString('latin1') }
}

/** Every payload of the corpus, or of some of its categories. */
export function corpus(...categories: readonly string[]): Payload[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .flatMap((name) => {
      const category = path.basename(name, '.ndjson')
      if (categories.length > 0 && !categories.includes(category)) return []
      const lines = readFileSync(path.join(folder, name), 'utf8').split('\n').filter(Boolean)
      return lines.map((line) => payloadOf(category, line))
    })
}
