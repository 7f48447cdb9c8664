import { readJson } from '#contract/filter/json-path.ts'
import type { JsonStep } from '#contract/filter/filter.ts'

/** A path as it was written, and its steps. */
export interface MaskPath {
  text: string
  steps: readonly JsonStep[]
}

/** Paths of the filter language, without a comparison; or one sentence about the first wrong one. */
export function readMaskPaths(texts: readonly string[]): MaskPath[] | { problem: string } {
  const paths: MaskPath[] = []
  for (const text of texts) {
    const source = text.trim()
    const read = readJson({ source, from: 0, to: source.length })
    if ('problem' in read) return { problem: `“${source}”: ${read.problem.sentence}` }
    if (read.value.comparison !== null) {
      return { problem: `“${source}” compares; a path that is masked only names a place.` }
    }
    if (read.value.path.length === 0)
      return { problem: '“$” is the whole body; name a part of it.' }
    paths.push({ text: source, steps: read.value.path })
  }
  return paths
}
