import { bashPrintfFormat, bashQuoteBytes } from '#contract/bash-quote.ts'
import { bashCurlLines } from '#contract/curl-command.ts'
import { base64Pieces } from './body-pieces.ts'
import type { CurlCall, CurlShell } from './curl-writer.ts'

const JOINT = ' \\\n  '

/**
 * A script for bash. Every captured byte stands in quotes (contract/bash-quote.ts) or, of a body too
 * long for a command line, in base64 in a here-document whose end is quoted, in which nothing acts.
 */
export const bashShell: CurlShell = {
  fileExtension: 'sh',
  begin: () =>
    '#!/usr/bin/env bash\n# Written by Countersign. Each command sends one delivery.\n\n',
  comment: (text) => `# ${text}\n`,
  *call({ plan, exported, inlineBody }) {
    const lines = bashCurlLines(plan)
    if (inlineBody === null) {
      const command = [...lines, '--data-binary @-'].join(JOINT)
      yield `base64 --decode <<'BODY' | ${command}\n`
      yield* base64Lines(exported)
      yield 'BODY\n\n'
      return
    }
    if (inlineBody.includes(0)) {
      const command = [...lines, '--data-binary @-'].join(JOINT)
      yield `printf ${bashPrintfFormat(inlineBody)} | ${command}\n\n`
      return
    }
    const sends = inlineBody.length > 0 || plan.sendsEmptyBody
    const option = sends ? [`--data-raw ${bashQuoteBytes(inlineBody)}`] : []
    yield `${[...lines, ...option].join(JOINT)}\n\n`
  },
  end: () => '',
}

/** Lines of 64 characters: the pieces are multiples of 48 bytes. */
export function* base64Lines({ body }: CurlCall['exported']): Iterable<string> {
  for (const piece of base64Pieces(body)) yield piece.replace(/.{1,64}/g, '$&\n')
}
