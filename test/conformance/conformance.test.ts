import { fileURLToPath } from 'node:url'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findScheme, schemes } from '#engine/signatures/catalogue.ts'
import { isRightlySigned, judgeFiles, resignVector } from './judge-vector.ts'
import { readVectorFiles } from './vector-file.ts'

const ours = fileURLToPath(new URL('vectors', import.meta.url))
/** Vectors judged by the providers' own SDKs; they lie beside the project and are not part of it. */
const shared = fileURLToPath(new URL('../../../shared/vectors', import.meta.url))
const sharedIsThere = existsSync(shared)

describe('our own vectors', () => {
  judgeDirectory(ours)
})

describe('the shared vectors', () => {
  const files = sharedIsThere ? readVectorFiles(shared) : []
  test.skipIf(!sharedIsThere)('lie in ../shared/vectors (SKIPPED where that is absent)', () => {
    expect(files.length).toBeGreaterThan(0)
  })
  if (sharedIsThere) judgeDirectory(shared)
})

function judgeDirectory(directory: string): void {
  const files = readVectorFiles(directory)

  test('are judged as expected, every one', () => {
    const result = judgeFiles(files)
    expect(result.disagreed).toEqual([])
    expect(result.agreed).toBeGreaterThan(30)
    expect(result.resignedWrongly).toEqual([])
    expect(result.unsupported).toBe(0)
    expect(result.agreed).toBe(result.total)
  })

  for (const file of files) {
    const scheme = findScheme(file.scheme)
    if (!scheme || !file.resigning) continue
    const signed = file.vectors.filter(isRightlySigned)
    test(`${file.scheme}: signing anew gives what came, or what verifies`, () => {
      expect(signed.length).toBeGreaterThan(0)
      const different = signed.map((vector) => [vector.id, resignVector(scheme, file, vector)])
      expect(different.filter(([, difference]) => difference !== null)).toEqual([])
    })
  }
}

test.skipIf(!sharedIsThere)('every scheme has vectors, shared or our own', () => {
  const files = [...readVectorFiles(ours), ...readVectorFiles(shared)]
  const there = new Set(files.map((file) => file.scheme))
  expect(schemes.map((scheme) => scheme.id).filter((id) => !there.has(id))).toEqual([])
})

test('a vector with the wrong expectation is a disagreement', () => {
  const file = readVectorFiles(ours).find((each) => each.scheme === 'github')
  if (!file) throw new Error('There are no vectors of our own for github.')
  const turned = file.vectors.map((vector) => ({ ...vector, expected: 'reject' as const }))
  const result = judgeFiles([{ ...file, vectors: turned }])
  expect(result.disagreed).toEqual([{ id: 'own-github-01', expected: 'reject', verdict: 'valid' }])
})

test('vectors of a scheme that is not there count as unsupported', () => {
  const [file] = readVectorFiles(ours)
  if (!file) throw new Error('There are no vectors of our own.')
  const result = judgeFiles([{ ...file, scheme: 'no-such-scheme' }])
  expect(result).toEqual({
    total: file.vectors.length,
    agreed: 0,
    unsupported: file.vectors.length,
    disagreed: [],
    resigned: 0,
    resignedWrongly: [],
  })
})
