import { z } from 'zod'
import { Answering } from '#contract/answering.ts'
import { EndpointName, EndpointPath } from '#contract/endpoint.ts'
import { Forwarding } from '#contract/forwarding.ts'
import { NewSavedFilter } from '#contract/saved-filter.ts'
import { Keymap, Settings } from '#contract/settings.ts'
import { Tolerance } from '#contract/verification.ts'

/** Enough for anything that people describe by hand; a bomb of brackets is deeper. */
const MOST_LEVELS = 40
const MOST_ENDPOINTS = 500
const FORMAT = 'countersign-settings'

/** An endpoint without what is secret: no signing secrets, no secret settings. */
const PortableEndpoint = z.object({
  name: EndpointName,
  path: EndpointPath,
  schemeId: z.string().max(60).nullable(),
  tolerance: Tolerance.nullable(),
  settings: z.record(z.string().max(80), z.string().max(65_536)),
  answerChallenges: z.boolean(),
  /** Absent in exports of before there were any. */
  answering: Answering.nullable().default(null),
  forwarding: Forwarding.nullable().default(null),
})
export type PortableEndpoint = z.infer<typeof PortableEndpoint>

/** What moves from one data directory to another. */
export const SettingsDocument = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  settings: Settings,
  endpoints: z.array(PortableEndpoint).max(MOST_ENDPOINTS),
  savedFilters: z.array(NewSavedFilter).max(1000),
  /** Each in the model of schemes, which is checked as one that is saved. */
  ownSchemes: z.array(z.unknown()).max(100),
  keymap: Keymap,
})
export type SettingsDocument = z.infer<typeof SettingsDocument>

/** Keys that could reach behind an object; no setting is called so. */
const hostileKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Reads a document that somebody else may have written; `problem`: one sentence why it is refused. */
export function readSettingsDocument(
  json: string,
): { document: SettingsDocument } | { problem: string } {
  let value: unknown
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { problem: `This is not valid JSON (${why}).` }
  }
  const hostile = hostilePart(value)
  if (hostile !== null) return { problem: hostile }
  if (!isRecord(value) || value['format'] !== FORMAT) {
    return { problem: 'This is no export of Countersign’s settings.' }
  }
  if (value['version'] !== 1) {
    return { problem: 'These settings come from a newer Countersign. Update this one first.' }
  }
  const parsed = SettingsDocument.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return {
      problem: `${issue?.path.join('.') ?? 'The document'}: ${issue?.message ?? 'unusable'}`,
    }
  }
  const twice = firstTwice(parsed.data)
  return twice === null ? { document: parsed.data } : { problem: twice }
}

/** Walks without recursion: the document may be as deep as it is long. */
function hostilePart(document: unknown): string | null {
  let level: unknown[] = [document]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS) return `The document is nested more than ${MOST_LEVELS} levels deep.`
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      for (const [key, inner] of Object.entries(value)) {
        if (hostileKeys.has(key)) return `The document has a key “${key}”, which no setting has.`
        next.push(inner)
      }
    }
    level = next
  }
  return null
}

function firstTwice({ endpoints, savedFilters }: SettingsDocument): string | null {
  const kinds: [string, string[]][] = [
    ['Two endpoints are named', endpoints.map(({ name }) => name)],
    ['Two endpoints have the path', endpoints.map(({ path }) => path)],
    ['Two saved filters are named', savedFilters.map(({ name }) => name.toLowerCase())],
  ]
  for (const [what, names] of kinds) {
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) return `${what} “${twice}”.`
  }
  return null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
