import type { Explanation, SignatureComparison } from '#contract/verification.ts'
import { escapeTerminal } from './escape.ts'
import { verdictMark } from './verdict-mark.ts'

/** An explanation for people, top down: the verdict, what was signed, how the signatures differ, what to do. */
export function explanationLines(explanation: Explanation, colours: boolean): string[] {
  const { verification } = explanation
  const sections = [
    [
      `${verdictMark(verification.verdict, colours)}: ${escapeTerminal(verification.reason.sentence)}`,
    ],
    scheme(explanation),
    sources(explanation),
    signedContent(explanation),
    explanation.comparisons.flatMap(comparison),
    timing(explanation),
    verification.notices.map(({ sentence }) => `Notice: ${escapeTerminal(sentence)}`),
    explanation.advice === null ? [] : [escapeTerminal(explanation.advice)],
  ]
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}

function scheme({ schemeName, algorithm, verification }: Explanation): string[] {
  if (schemeName === null) return []
  const secret =
    verification.matchedSecretName === null
      ? ''
      : `, with “${escapeTerminal(verification.matchedSecretName)}”`
  return [`Scheme     ${escapeTerminal(schemeName)}${algorithm ? `, ${algorithm}` : ''}${secret}`]
}

function sources(explanation: Explanation): string[] {
  return explanation.sources.map(({ role, name, value }) => {
    const text = value === null ? '(absent)' : escapeTerminal(value)
    return `${role.padEnd(11)}${escapeTerminal(name)}: ${text}`
  })
}

function signedContent({ signedContent: parts }: Explanation): string[] {
  if (parts.length === 0) return []
  return [
    'Signed content',
    ...parts.map(({ label, byteLength, preview, truncated }) => {
      const shown = escapeTerminal(preview)
      const cut = truncated || shown.length > 120
      return `  ${escapeTerminal(label).padEnd(14)}${String(byteLength).padStart(8)} bytes  ${shown.slice(0, 120)}${cut ? '…' : ''}`
    }),
  ]
}

/** Without a secret there was nothing to compare with, which is no mismatch. */
function whyNot({ expected, lengths, secretId, secretName }: SignatureComparison): string {
  if (expected !== null || lengths) return 'does not match'
  return secretId === null && secretName === null ? 'was not compared' : 'cannot be compared'
}

function comparison(one: SignatureComparison): string[] {
  const name = `Signature ${one.position + 1}`
  const version = one.version === null ? '' : ` (${escapeTerminal(one.version)})`
  const secret = one.secretName === null ? '' : ` with “${escapeTerminal(one.secretName)}”`
  const outcome = one.matches ? 'matches' : whyNot(one)
  const lines = [`${name}${version}${secret} ${outcome}`]
  if (one.expected !== null) lines.push(`  expected  ${escapeTerminal(one.expected)}`)
  lines.push(`  received  ${escapeTerminal(one.received)}`)
  if (one.lengths && one.firstDifference !== null) {
    const { received, expected } = one.lengths
    lines.push(`  differs from character ${one.firstDifference + 1} on`)
    lines.push(`  ${received} characters came, ${expected} are expected`)
  } else if (one.firstDifference !== null) {
    lines.push(`${' '.repeat(12 + one.firstDifference)}^ character ${one.firstDifference + 1}`)
  }
  return lines
}

function timing({ verification, staleIfSentNow }: Explanation): string[] {
  const { timestamp, skewSeconds, tolerance } = verification
  if (timestamp === null) return []
  const date = new Date(timestamp.unixMs)
  const at = Number.isNaN(date.getTime()) ? escapeTerminal(timestamp.text) : date.toISOString()
  const lines = [`Timestamp  ${at} (${timestamp.unit})`]
  if (skewSeconds !== null) lines.push(`Skew       ${signed(skewSeconds)} s, ${allowed(tolerance)}`)
  if (staleIfSentNow) lines.push('The same request would be stale if it arrived now.')
  return lines
}

function signed(seconds: number): string {
  return `${seconds > 0 ? '+' : ''}${Number(seconds.toFixed(3))}`
}

function allowed(tolerance: Explanation['verification']['tolerance']): string {
  if (tolerance === null) return 'which the scheme does not limit'
  const past = tolerance.pastSeconds === null ? 'any' : `${tolerance.pastSeconds} s`
  const future = tolerance.futureSeconds === null ? 'any' : `${tolerance.futureSeconds} s`
  return `allowed: ${past} in the past, ${future} in the future`
}
