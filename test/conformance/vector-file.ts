import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { RawHeader } from '#contract/http.ts'

/** One judged request of a `webhook-vectors/1` file. */
export const Vector = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(RawHeader),
    bodyBase64: z.string(),
  }),
  secret: z.string(),
  settings: z.record(z.string(), z.string()).optional(),
  /** Unix seconds. */
  now: z.number(),
  expected: z.enum(['accept', 'reject']),
  ruleVerdict: z.enum(['accept', 'reject']).optional(),
})
export type Vector = z.infer<typeof Vector>

export const VectorFile = z.object({
  format: z.literal('webhook-vectors/1'),
  scheme: z.string(),
  /** Of public-key schemes: for each public key used as secret, its private test key. */
  testSigningKeysPkcs8Base64: z.record(z.string(), z.string()).optional(),
  resigning: z
    .object({
      needs: z.string(),
      writesHeaders: z.array(z.string()).default([]),
      keepsHeaders: z.array(z.string()).default([]),
      rewritesBody: z.boolean().default(false),
      rewritesUrl: z.boolean().default(false),
      sameResultEachTime: z.boolean(),
    })
    .nullish(),
  vectors: z.array(Vector),
})
export type VectorFile = z.infer<typeof VectorFile>

/**
 * Reads every `*.json` of a directory, in the order of their names.
 * Throws what says which file is unreadable or of another format.
 */
export function readVectorFiles(directory: string): VectorFile[] {
  if (!existsSync(directory)) throw new Error(`There is no directory ${directory}.`)
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
  if (names.length === 0) throw new Error(`There are no vector files (*.json) in ${directory}.`)
  return names.map((name) => {
    const parsed = VectorFile.safeParse(
      parseJson(name, readFileSync(join(directory, name), 'utf8')),
    )
    if (parsed.success) return parsed.data
    throw new Error(`${name} is not a webhook-vectors/1 file: ${z.prettifyError(parsed.error)}`)
  })
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${name} is not JSON.`, { cause })
  }
}
