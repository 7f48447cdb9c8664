import { cmdWords, looksLikeCmd } from './cmd-words.ts'
import { readArguments } from './curl-arguments.ts'
import { CurlRequest } from './curl-request.ts'
import type { Parsed, ParseProblem } from './parsed-request.ts'
import { shellWords } from './shell-words.ts'

/**
 * Reads a curl command, as in documentation or a browser's "Copy as cURL", and gives the request
 * that curl would send (curl.se/docs/manpage.html). POSIX shell quoting, or cmd.exe's when carets
 * betray it. Files and variables are not read: `@file` is a problem, a variable gets a notice.
 * Never throws; time is linear in the text.
 */
export function parseCurl(text: string): Parsed | ParseProblem {
  // One code unit per byte from here on, so that $'\xff' and the header list keep their bytes.
  const bytes = Buffer.from(text, 'utf8').toString('latin1')
  const command = bytes.replace(/^\s*[$>%] ?(?=curl)/i, '')
  const split = looksLikeCmd(command) ? cmdWords(command) : shellWords(command)
  if ('problem' in split) return split
  const [program, ...words] = split.words
  if (program === undefined || !/(?:^|[/\\])curl(?:\.exe)?$/i.test(program)) {
    return { problem: 'This is not a curl command: it does not start with “curl”.' }
  }
  const read = readArguments(words)
  if ('problem' in read) return read
  const request = new CurlRequest()
  for (const argument of read.found) {
    const problem = request.apply(argument)
    if (problem !== null) return { problem }
  }
  const built = request.build()
  if ('problem' in built) return built
  const notices = [...split.notices, ...built.notices]
  if (read.ignored.length > 0) {
    const names = [...new Set(read.ignored)].join(', ')
    notices.push(`Left out, since it does not change what is signed: ${names}.`)
  }
  return { request: built.request, notices }
}
