import type { Hygiene } from '#contract/hygiene.ts'
import { escapeTerminal } from './escape.ts'

/** What does not belong into the payload, a finding a line; none where there is nothing to say. */
export function hygieneLines({ findings, plainHttp, truncated }: Hygiene): string[] {
  const found = findings.map(({ path, preview, sentence }) =>
    escapeTerminal(`  ${path}  ${preview}  ${sentence}`),
  )
  const cut = truncated ? [' Only the first MiB was looked at.'] : []
  return [
    ...(found.length === 0
      ? []
      : [
          '',
          `Sensitive data in this payload.${cut.join('')}`,
          ...found,
          'Whoever stores or logs it has it too: send an id instead.',
        ]),
    ...(plainHttp === null ? [] : ['', `Notice: ${escapeTerminal(plainHttp)}`]),
  ]
}
