import type { Cause, Diagnosis } from '#contract/diagnosis.ts'
import { escapeTerminal } from './escape.ts'
import { verdictMark } from './verdict-mark.ts'

/** A diagnosis for people: the verdict, each cause with its evidence and fix, what was tried. */
export function diagnosisLines(diagnosis: Diagnosis, colours: boolean): string[] {
  const { verdict, causes, searched, elapsedMs, exhausted } = diagnosis
  const lines = [verdictMark(verdict, colours)]
  causes.forEach((cause, index) => lines.push('', ...causeLines(cause, index, causes.length)))
  if (searched === 0) return lines
  const rest = exhausted || causes.some(({ verified }) => verified) ? '' : '; time was up'
  return [...lines, '', `${searched} possibilities tried in ${Math.round(elapsedMs)} ms${rest}.`]
}

function causeLines(cause: Cause, index: number, count: number): string[] {
  const number = count > 1 ? `${index + 1}. ` : ''
  const isPair = cause.with !== null && index > 0
  const kind = cause.verified ? '' : ' (advice)'
  return [
    `${number}${cause.code}${kind}`,
    `  ${escapeTerminal(cause.explanation)}`,
    ...(isPair ? [] : [`  Evidence  ${escapeTerminal(cause.evidence)}`]),
    `  Fix       ${escapeTerminal(cause.fix)}`,
  ]
}
