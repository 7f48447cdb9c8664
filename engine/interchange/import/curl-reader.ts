import { parseCurl } from '#engine/interchange/curl.ts'
import { carryIn } from './carry-in.ts'
import type { Imported, RequestReader } from './request-reader.ts'
import { WholeText } from './whole-text.ts'

const MOST_BYTES = 16 * 1024 * 1024
const BEGINS = /^[ \t]*(?:[$>%] ?)?curl(?:\.exe)?(?=\s)/

/**
 * Reads curl commands, each of which begins a line; comments between them are skipped. A command
 * whose body comes from a file or another program cannot be read and is said.
 */
export class CurlReader implements RequestReader {
  readonly #text = new WholeText(MOST_BYTES)

  push(piece: Uint8Array): Iterable<Imported> {
    this.#text.push(piece)
    return []
  }

  *end(): Iterable<Imported> {
    const bytes = this.#text.bytes()
    if (!bytes) {
      yield { problem: 'Curl commands of more than 16 MiB are not read.' }
      return
    }
    const commands = split(Buffer.from(bytes).toString('utf8'))
    for (let at = 0; at < commands.length; at++) {
      let parsed = parseCurl(commands[at] ?? '')
      // A line within quotes can begin with “curl” too.
      let joined = commands[at] ?? ''
      while ('problem' in parsed && /not closed/.test(parsed.problem) && at + 1 < commands.length) {
        joined += `\n${commands[++at] ?? ''}`
        parsed = parseCurl(joined)
      }
      yield 'problem' in parsed ? parsed : carryIn(parsed, null)
    }
    if (commands.length === 0) yield { problem: 'No line begins with “curl”.' }
  }
}

function split(text: string): string[] {
  const commands: string[][] = []
  for (const line of text.split(/\r?\n/)) {
    if (BEGINS.test(line)) commands.push([line])
    else commands.at(-1)?.push(line)
  }
  // Comments and blank lines behind a command belong to the next one.
  return commands.map((lines) => lines.join('\n').replace(/(?:\n\s*(?:#[^\n]*)?)+$/, ''))
}
