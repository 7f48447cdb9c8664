import type { CodeSample, DiagnosisCode } from '#contract/diagnosis.ts'
import { publicUrlSamples } from './public-url.ts'
import { rawBodySamples } from './raw-body.ts'

const overRawBody = new Set<DiagnosisCode>([
  'body-reserialized',
  'body-newline',
  'body-encoding',
  'body-form',
  'body-empty',
])

/** Code for the common frameworks, where the fix is in the handler. */
export function samplesFor(code: DiagnosisCode): CodeSample[] {
  if (overRawBody.has(code)) return [...rawBodySamples]
  return code === 'url-mismatch' ? [...publicUrlSamples] : []
}
