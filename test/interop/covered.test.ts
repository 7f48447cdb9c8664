/** Which schemes the providers' own code has judged, and that none claims it without. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { schemes } from '#engine/signatures/catalogue.ts'
import { cases } from './cases.ts'
import covered from './covered.json' with { type: 'json' }

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Vectors that the providers' own packages judged lie beside the project, not in it. */
const shared = join(root, '../shared/vectors')
const sharedIsThere = existsSync(shared)
const recorded = join(root, 'test/interop/recorded')

const Package = z.object({ version: z.string() })
const JudgedFile = z.object({ scheme: z.string(), judgedBy: z.object({ kind: z.string() }) })
const BY_THE_PROVIDER = ['vendor-sdk', 'vendor-source', 'reference-library']

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** The vectors of a directory that a provider's own code judged. */
function judgedFiles(directory: string) {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JudgedFile.parse(readJson(join(directory, name))))
    .filter((file) => BY_THE_PROVIDER.includes(file.judgedBy.kind))
}

test('covered.json names every case, with the version that is installed', () => {
  const run = cases.map(({ scheme, sdk }) => {
    const { version } = Package.parse(readJson(join(root, 'node_modules', sdk, 'package.json')))
    return { scheme, sdk, version }
  })
  const byScheme = run.toSorted((a, b) => (a.scheme < b.scheme ? -1 : 1))
  expect(covered).toEqual(byScheme)
})

test('every case is of a scheme in the catalogue, and no scheme has two', () => {
  const known = new Set(schemes.map((scheme) => scheme.id))
  const ids = covered.map((entry) => entry.scheme)
  expect(ids.filter((id) => !known.has(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
})

describe('schemes that say sdk-run', () => {
  test.skipIf(!sharedIsThere)(
    'are covered here, recorded, or in ../shared/vectors (SKIPPED where that is absent)',
    () => {
      const judged = [...judgedFiles(shared), ...judgedFiles(recorded)]
      const confirmed = new Set([...covered, ...judged].map((entry) => entry.scheme))
      const claiming = schemes.filter((scheme) => scheme.confidence.kind === 'sdk-run')
      expect(claiming.length).toBeGreaterThan(20)
      expect(claiming.map((scheme) => scheme.id).filter((id) => !confirmed.has(id))).toEqual([])
    },
  )
})
