/**
 * Packages that are too large to install for a test (see README.md): what they said of these
 * requests was recorded by running them once, and holds for us too.
 */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { judgeFiles } from '#test/conformance/judge-vector.ts'
import { readVectorFiles } from '#test/conformance/vector-file.ts'

test('recorded verdicts of packages that are not installed', () => {
  const files = readVectorFiles(fileURLToPath(new URL('recorded', import.meta.url)))
  const result = judgeFiles(files)
  expect(result.disagreed).toEqual([])
  expect(result.unsupported).toBe(0)
  expect(result.agreed).toBeGreaterThan(40)
})
