import { describe, expect, it } from 'vitest'
import { neutral } from './escape.ts'
import { outputTo, type Stream } from './output.ts'

/** A terminal that keeps what is written to it. */
function terminal(isTTY = true): Stream & { text: () => string } {
  const pieces: Buffer[] = []
  return {
    isTTY,
    write: (piece, done) => {
      pieces.push(Buffer.from(piece))
      done?.()
    },
    on: () => undefined,
    text: () => Buffer.concat(pieces).toString(),
  }
}

const HOSTILE = '\u001b]0;owned\u0007\u009b31m\u202e\r\u001b[2J'

describe('what is written to a terminal', () => {
  it('is harmless even where a command forgot to escape it', () => {
    const [out, err] = [terminal(), terminal()]
    const output = outputTo(out, err, {})
    output.line(`a\tb\n${HOSTILE}`)
    output.note(HOSTILE)
    expect(out.text()).toBe('a\tb\n\\x1b]0;owned\\x07\\x9b31m\\u202e\\r\\x1b[2J\n')
    expect(err.text()).toBe('\\x1b]0;owned\\x07\\x9b31m\\u202e\\r\\x1b[2J\n')
  })

  it('keeps our own colours where colours are wanted, and no others', () => {
    const text = '\u001b[32m✓ valid\u001b[0m \u001b[8mhidden \u001b[31;1mx \u001b[38;5;1my'
    expect(neutral(text, true)).toBe(
      '\u001b[32m✓ valid\u001b[0m \\x1b[8mhidden \\x1b[31;1mx \\x1b[38;5;1my',
    )
    expect(neutral(text, false)).not.toContain('\u001b')
  })

  it('shows bytes escaped, also where a character is cut between two pieces, and says so', async () => {
    const [out, err] = [terminal(), terminal()]
    const output = outputTo(out, err, {})
    const bytes = Buffer.from('POST / HTTP/1.1\r\n\r\n\u202e\u0000\u001b[31m漢')
    for (const byte of bytes) await output.bytes(Uint8Array.of(byte))
    expect(out.text()).toBe('POST / HTTP/1.1\\r\n\\r\n\\u202e\\x00\\x1b[31m漢')
    expect(err.text()).toBe(
      'Shown escaped, since this is a terminal. Redirect it to get the bytes.\n',
    )
  })

  it('leaves bytes as they are for a file or a pipe', async () => {
    const [out, err] = [terminal(false), terminal(false)]
    await outputTo(out, err, {}).bytes(Buffer.from(HOSTILE))
    expect(out.text()).toBe(HOSTILE)
    expect(err.text()).toBe('')
  })
})
