import { StringDecoder } from 'node:string_decoder'
import { stripVTControlCharacters } from 'node:util'

/** Longer lines are cut: nobody reads them, and a program may never end one. */
const MOST_CHARACTERS = 4096

/** Makes lines of bytes as they come: UTF-8, without colours and other controls of terminals. */
export function createLineReader(onLine: (line: string) => void): {
  add(chunk: Uint8Array): void
  end(): void
} {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string) => {
    // A carriage return at the end may belong to a line feed that comes with the next bytes.
    const lines = (rest + text).split(/\r?\n|\r(?=[^\n])/)
    rest = (lines.pop() ?? '').slice(0, MOST_CHARACTERS)
    for (const line of lines) onLine(plainLine(line))
  }
  return {
    add: (chunk) => take(decoder.write(Buffer.from(chunk))),
    end() {
      take(decoder.end())
      if (rest !== '') onLine(plainLine(rest))
      rest = ''
    },
  }
}

function plainLine(line: string): string {
  const plain = stripVTControlCharacters(line.slice(0, MOST_CHARACTERS))
  return Array.from(plain)
    .filter((each) => each === '\t' || (each >= ' ' && each !== '\x7f'))
    .join('')
}
